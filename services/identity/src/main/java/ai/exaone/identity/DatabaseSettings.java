package ai.exaone.identity;

import ai.exaone.store.DatabaseConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;

/**
 * How identity reaches its database.
 *
 * @param url {@code jdbc:mysql://host:port/schema}
 * @param passwordFile a file with the password of the user and nothing else
 * @param maxConnections connections of the pool
 */
@ConfigurationProperties("exaone.database.identity")
public record DatabaseSettings(
        String url,
        String user,
        Path passwordFile,
        @Bindable(defaultValue = "10") int maxConnections) {
    DatabaseConfig config() {
        return DatabaseConfig.of(url, user, InstallationConfig.readSecret(passwordFile))
                .withMaxConnections(maxConnections);
    }
}
