package ai.exaone.identity;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What identity needs to know of the installation.
 *
 * @param publicUrl its address as browsers see it, without a path: the beginning of invitations' links and of Keycloak's issuer
 * @param secretsDir the folder with {@code master.key} and {@code key-pepper}
 */
@ConfigurationProperties("exaone")
public record InstallationConfig(URI publicUrl, Path secretsDir) {
    private static final String PEPPER = "key-pepper";

    public InstallationConfig {
        if (!publicUrl.isAbsolute() || publicUrl.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "exaone.public-url must be absolute and end without a slash, unlike " + publicUrl);
        }
    }

    /** The text under which API keys are hashed. */
    String readPepper() {
        return readSecret(secretsDir.resolve(PEPPER));
    }

    /** The text in a file of secrets; the message of a failure names the file and not its content. */
    static String readSecret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new IllegalArgumentException("A secret cannot be read: " + file, failure);
        }
    }
}
