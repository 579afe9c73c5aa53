package ai.exaone.store;

import java.time.Duration;

/**
 * How to reach one service's database.
 *
 * @param url {@code jdbc:mysql://host:port/schema}, for MySQL and MariaDB alike; credentials do not belong in it
 * @param user the service's own database user
 * @param password kept out of {@link #toString()}
 * @param maxConnections connections of the pool, 1 to 200
 * @param acquireTimeout how long a caller waits for a free connection, at least 250 ms
 * @param socketTimeout how long a statement may be silent before its connection is given up, at least 1 s
 */
public record DatabaseConfig(
        String url, String user, String password, int maxConnections, Duration acquireTimeout, Duration socketTimeout) {
    public static final int DEFAULT_MAX_CONNECTIONS = 10;
    public static final Duration DEFAULT_ACQUIRE_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration DEFAULT_SOCKET_TIMEOUT = Duration.ofSeconds(30);

    static final int LEAST_CONNECTIONS = 1;
    static final int MOST_CONNECTIONS = 200;

    private static final String SCHEME = "jdbc:mysql://";
    private static final Duration LEAST_ACQUIRE_TIMEOUT = Duration.ofMillis(250);
    private static final Duration LEAST_SOCKET_TIMEOUT = Duration.ofSeconds(1);

    public DatabaseConfig {
        require(url.startsWith(SCHEME), "The database URL starts with " + SCHEME);
        require(!url.contains("password="), "The database URL carries no password");
        require(!user.isBlank(), "The database user is named");
        require(
                maxConnections >= LEAST_CONNECTIONS && maxConnections <= MOST_CONNECTIONS,
                "The pool has 1 to 200 connections");
        require(acquireTimeout.compareTo(LEAST_ACQUIRE_TIMEOUT) >= 0, "The acquire timeout is at least 250 ms");
        require(socketTimeout.compareTo(LEAST_SOCKET_TIMEOUT) >= 0, "The socket timeout is at least 1 s");
    }

    /** A configuration with the default pool and timeouts. */
    public static DatabaseConfig of(String url, String user, String password) {
        return new DatabaseConfig(
                url, user, password, DEFAULT_MAX_CONNECTIONS, DEFAULT_ACQUIRE_TIMEOUT, DEFAULT_SOCKET_TIMEOUT);
    }

    public DatabaseConfig withMaxConnections(int connections) {
        return new DatabaseConfig(url, user, password, connections, acquireTimeout, socketTimeout);
    }

    public DatabaseConfig withAcquireTimeout(Duration timeout) {
        return new DatabaseConfig(url, user, password, maxConnections, timeout, socketTimeout);
    }

    @Override
    public String toString() {
        return "DatabaseConfig[url=%s, user=%s, password=***, maxConnections=%d, acquireTimeout=%s, socketTimeout=%s]"
                .formatted(url, user, maxConnections, acquireTimeout, socketTimeout);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
