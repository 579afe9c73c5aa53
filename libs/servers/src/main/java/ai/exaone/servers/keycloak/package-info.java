/**
 * The sign-in server: {@link ai.exaone.servers.keycloak.KeycloakSoftware} unpacks and builds the distribution, {@link
 * ai.exaone.servers.keycloak.KeycloakServer} is one instance with its realm. The realm is code: {@code exaone-realm.json}.
 */
@NullMarked
package ai.exaone.servers.keycloak;

import org.jspecify.annotations.NullMarked;
