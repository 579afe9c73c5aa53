package ai.exaone.quota;

import ai.exaone.store.DatabaseConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How quota reaches its database.
 *
 * @param url {@code jdbc:mysql://host:port/schema}
 * @param passwordFile a file with the password of the user and nothing else
 * @param maxConnections connections of the pool
 */
@ConfigurationProperties("exaone.database.quota")
public record DatabaseSettings(
        String url,
        String user,
        Path passwordFile,
        @Bindable(defaultValue = "10") int maxConnections) {
    DatabaseConfig config() {
        return DatabaseConfig.of(url, user, password()).withMaxConnections(maxConnections);
    }

    private String password() {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException failure) {
            throw new IllegalArgumentException("A secret cannot be read: " + passwordFile, failure);
        }
    }
}
