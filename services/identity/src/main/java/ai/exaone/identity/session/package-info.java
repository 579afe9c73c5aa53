/**
 * Owns console sessions: the browser has an opaque token, Keycloak's refresh token stays here, sealed. Enter at {@link
 * ai.exaone.identity.session.Sessions}.
 */
@NullMarked
package ai.exaone.identity.session;

import org.jspecify.annotations.NullMarked;
