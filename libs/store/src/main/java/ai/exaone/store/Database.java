package ai.exaone.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * One service's database: a connection pool, and the {@link Transactions} that run on it. Thread-safe; its owner closes it.
 *
 * <p>Sessions are in UTC and in strict SQL mode, whatever the server's defaults are, so that both kinds of server behave alike.
 */
public final class Database implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int PROBE_SECONDS = 2;

    private static final String SESSION_VARIABLES = """
            sql_mode='ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',\
            innodb_lock_wait_timeout=5""";

    private final HikariDataSource pool;
    private final Transactions transactions;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        var jdbi = Jdbi.create(pool).registerArgument(new StoredTimeArguments());
        this.transactions = new Transactions(jdbi);
    }

    /**
     * Makes the pool. Connects to nothing yet: a database that is down shows itself at the first use, as
     * {@link StoreError#STORE_UNAVAILABLE}, and is used again as soon as it is back.
     *
     * @param name names the pool in logs and metrics, for example {@code identity}
     */
    public static Database open(String name, DatabaseConfig config) {
        var hikari = new HikariConfig();
        hikari.setPoolName(name);
        hikari.setJdbcUrl(config.url());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(config.maxConnections());
        hikari.setMinimumIdle(1);
        hikari.setConnectionTimeout(config.acquireTimeout().toMillis());
        hikari.setValidationTimeout(Math.min(
                config.acquireTimeout().toMillis(), Duration.ofSeconds(2).toMillis()));
        hikari.setInitializationFailTimeout(-1);
        driverProperties(config).forEach(hikari::addDataSourceProperty);
        return new Database(new HikariDataSource(hikari));
    }

    private static Map<String, String> driverProperties(DatabaseConfig config) {
        return Map.ofEntries(
                Map.entry("connectTimeout", Long.toString(CONNECT_TIMEOUT.toMillis())),
                Map.entry("socketTimeout", Long.toString(config.socketTimeout().toMillis())),
                Map.entry("tcpKeepAlive", "true"),
                Map.entry("characterEncoding", "UTF-8"),
                Map.entry("connectionTimeZone", "UTC"),
                Map.entry("forceConnectionTimeZoneToSession", "true"),
                Map.entry("rewriteBatchedStatements", "true"),
                Map.entry("cachePrepStmts", "true"),
                Map.entry("sessionVariables", SESSION_VARIABLES));
    }

    public Transactions transactions() {
        return transactions;
    }

    /** For libraries that want one, such as a scheduler or metrics. Stores use {@link #transactions()}. */
    public DataSource dataSource() {
        return pool;
    }

    /** Whether a connection answers just now; for health checks. */
    public boolean reachable() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(PROBE_SECONDS);
        } catch (SQLException unreachable) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
