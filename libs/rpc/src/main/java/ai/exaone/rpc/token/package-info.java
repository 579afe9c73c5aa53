/**
 * Owns internal tokens: identity signs who a call is made for, every service verifies it by itself. Enter at
 * {@link ai.exaone.rpc.token.TokenVerifier}.
 */
@NullMarked
package ai.exaone.rpc.token;

import org.jspecify.annotations.NullMarked;
