package ai.exaone.identity.keycloak;

import java.net.URI;
import java.time.Clock;

/** One installation's Keycloak: all that the platform asks of it, over one HTTP client. Its owner closes it. */
public final class KeycloakConnection implements AutoCloseable {
    private final KeycloakHttp http = new KeycloakHttp();
    private final KeycloakAdministration administration;
    private final KeycloakTokens tokens;
    private final KeycloakSignIn signIn;

    /**
     * Connects to nothing yet: Keycloak may start later, and may go away and come back.
     *
     * @param identity the secret of the client {@code exaone-identity}
     * @param console the secret of the client {@code exaone-console}
     * @param publicUrl the installation's address as browsers see it
     */
    public KeycloakConnection(KeycloakConfig config, String identity, String console, URI publicUrl, Clock clock) {
        KeycloakRealm realm = KeycloakRealm.of(config.internalUrl(), publicUrl);
        administration = new KeycloakAdministration(http, realm, new ClientAccount("exaone-identity", identity), clock);
        tokens = new KeycloakTokens(realm, config.bearerClients(), clock);
        signIn = new KeycloakSignIn(http, realm, new ClientAccount("exaone-console", console), tokens);
    }

    public AccountDirectory accounts() {
        return new KeycloakAccounts(administration);
    }

    public OrganizationDirectory organizations() {
        return new KeycloakOrganizations(administration);
    }

    public SignInServer signIn() {
        return signIn;
    }

    public AccessTokens accessTokens() {
        return tokens;
    }

    @Override
    public void close() {
        http.close();
    }
}
