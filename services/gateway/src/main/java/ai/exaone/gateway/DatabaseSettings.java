package ai.exaone.gateway;

import ai.exaone.store.DatabaseConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the gateway reaches its database.
 *
 * @param url {@code jdbc:mysql://host:port/schema}
 * @param passwordFile a file with the password of the user and nothing else
 * @param maxConnections connections of the pool
 */
@ConfigurationProperties("exaone.database.gateway")
@Requires(property = "exaone.database.gateway.url")
public record DatabaseSettings(
        String url,
        String user,
        Path passwordFile,
        @Bindable(defaultValue = "10") int maxConnections) {
    DatabaseConfig config() {
        try {
            return DatabaseConfig.of(url, user, Files.readString(passwordFile).strip())
                    .withMaxConnections(maxConnections);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The password of the database cannot be read: " + passwordFile, unreadable);
        }
    }
}
