package ai.exaone.identity.keycloak;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * How to reach Keycloak.
 *
 * @param internalUrl its base inside of the installation, {@code http://127.0.0.1:PORT/auth}
 * @param identityClientSecretFile a file with the secret of the client {@code exaone-identity} and nothing else
 * @param consoleClientSecretFile a file with the secret of the client {@code exaone-console} and nothing else
 * @param bearerClients the clients whose access tokens are accepted as bearer tokens
 */
@ConfigurationProperties("exaone.keycloak")
public record KeycloakConfig(
        URI internalUrl,
        Path identityClientSecretFile,
        Path consoleClientSecretFile,

        @Bindable(defaultValue = "exaone-cli,exaone-installation")
        List<String> bearerClients) {
    public KeycloakConfig {
        if (!internalUrl.isAbsolute() || internalUrl.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "exaone.keycloak.internal-url must be absolute and end without a slash, unlike " + internalUrl);
        }
        bearerClients = List.copyOf(bearerClients);
    }
}
