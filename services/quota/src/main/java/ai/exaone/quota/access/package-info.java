/** Owns how much of a tenant a caller of quota sees. */
@NullMarked
package ai.exaone.quota.access;

import org.jspecify.annotations.NullMarked;
