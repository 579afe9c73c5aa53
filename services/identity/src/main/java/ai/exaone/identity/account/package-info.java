/**
 * Owns the answer to "who am I, and what may I do where".
 */
@NullMarked
package ai.exaone.identity.account;

import org.jspecify.annotations.NullMarked;
