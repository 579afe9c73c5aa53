package ai.exaone.gateway.signin;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.net.URI;

/**
 * The sign-in server.
 *
 * @param internalUrl its base inside of the installation, {@code http://127.0.0.1:PORT/auth}
 */
@ConfigurationProperties("exaone.keycloak")
public record KeycloakConfig(URI internalUrl) {
    public KeycloakConfig {
        if (!internalUrl.isAbsolute() || internalUrl.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "exaone.keycloak.internal-url must be absolute and end without a slash, unlike " + internalUrl);
        }
    }
}
