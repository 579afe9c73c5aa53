/**
 * Owns internal tokens: what a caller presents is exchanged here for a signed statement of who it is, which every
 * service verifies by itself. {@link ai.exaone.identity.token.SigningKeys} has the keys. Enter at {@link
 * ai.exaone.identity.token.TokenEndpoint}.
 */
@NullMarked
package ai.exaone.identity.token;

import org.jspecify.annotations.NullMarked;
