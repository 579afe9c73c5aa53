/**
 * Owns the way to Keycloak, which alone authenticates people: accounts, organizations, sign-in and access tokens, each behind an
 * interface of ours. {@link ai.exaone.identity.keycloak.OrganizationMirror} carries tenants and members over in the background, so that
 * no write here waits for Keycloak.
 *
 * <p>The adapter is our own over the JDK's HTTP client: it makes a dozen calls with small JSON bodies, where Keycloak's admin client
 * would bring 59 libraries and hide timeouts and statuses that decide between "refused" and "not reachable".
 */
@NullMarked
package ai.exaone.identity.keycloak;

import org.jspecify.annotations.NullMarked;
