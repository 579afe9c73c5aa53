/**
 * Owns who a browser is: the way to Keycloak's pages and back ({@link ai.exaone.gateway.signin.SignInDoor}), the session's cookie,
 * which requests with it are our own pages' ({@link ai.exaone.gateway.signin.OwnPages}), and the part of Keycloak that browsers may
 * reach through us. {@link ai.exaone.gateway.signin.RpcCredentials} turns what is presented into a caller.
 */
@NullMarked
package ai.exaone.gateway.signin;

import org.jspecify.annotations.NullMarked;
