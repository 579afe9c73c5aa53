package ai.exaone.store;

import io.micronaut.core.value.PropertyResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a service reaches its database, by its settings {@code exaone.database.SERVICE}:
 *
 * <ul>
 *   <li>{@code .url}: {@code jdbc:mysql://host:port/schema}
 *   <li>{@code .user}: the service's own database user
 *   <li>{@code .password-file}: a file with the password of the user and nothing else
 *   <li>{@code .max-connections}: connections of the pool, 1 to 200, 10 where it is not set
 * </ul>
 */
public final class DatabaseSettings {
    private final String prefix;
    private final PropertyResolver settings;

    private DatabaseSettings(String service, PropertyResolver settings) {
        this.prefix = "exaone.database." + service + ".";
        this.settings = settings;
    }

    /**
     * Reads and checks them; empty where there is no {@code .url}. For a service that does without a database.
     *
     * @throws IllegalArgumentException naming the setting that is missing or wrong
     */
    public static Optional<DatabaseConfig> find(String service, PropertyResolver settings) {
        DatabaseSettings found = new DatabaseSettings(service, settings);
        return found.find("url").map(url -> found.read());
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException naming the setting that is missing or wrong
     */
    static DatabaseConfig read(String service, PropertyResolver settings) {
        return new DatabaseSettings(service, settings).read();
    }

    private DatabaseConfig read() {
        DatabaseConfig config = account();
        return find("max-connections")
                .map(this::connections)
                .map(config::withMaxConnections)
                .orElse(config);
    }

    private DatabaseConfig account() {
        String url = require("url");
        String user = require("user");
        String password = password();
        try {
            return DatabaseConfig.of(url, user, password);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(prefix + "url: " + wrong.getMessage(), wrong);
        }
    }

    private String password() {
        Path file = Path.of(require("password-file"));
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new IllegalArgumentException(prefix + "password-file cannot be read: " + file, failure);
        }
    }

    private int connections(String text) {
        try {
            int connections = Integer.parseInt(text);
            if (connections >= DatabaseConfig.LEAST_CONNECTIONS && connections <= DatabaseConfig.MOST_CONNECTIONS) {
                return connections;
            }
        } catch (NumberFormatException notANumber) {
            throw wrongConnections(text);
        }
        throw wrongConnections(text);
    }

    private IllegalArgumentException wrongConnections(String text) {
        return new IllegalArgumentException("%smax-connections is %d to %d, not '%s'"
                .formatted(prefix, DatabaseConfig.LEAST_CONNECTIONS, DatabaseConfig.MOST_CONNECTIONS, text));
    }

    private String require(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(prefix + name + " is missing"));
    }

    private Optional<String> find(String name) {
        return settings.getProperty(prefix + name, String.class)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
