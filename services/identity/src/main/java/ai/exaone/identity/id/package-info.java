/** Owns the types of identity's ids. Every feature may name the things of every other; so these know no feature. */
@NullMarked
package ai.exaone.identity.id;

import org.jspecify.annotations.NullMarked;
