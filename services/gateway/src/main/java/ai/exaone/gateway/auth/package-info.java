/**
 * Owns who calls: {@link ai.exaone.gateway.auth.Principals} turns what a caller presents into a
 * {@link ai.exaone.gateway.auth.Caller}, from a copy that identity's log {@code keys} keeps true, and asks identity only for keys it
 * has not seen.
 */
@NullMarked
package ai.exaone.gateway.auth;

import org.jspecify.annotations.NullMarked;
