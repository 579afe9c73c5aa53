package ai.exaone.testing;

import ai.exaone.store.Database;
import ai.exaone.store.DatabaseConfig;
import ai.exaone.store.Migrations;
import ai.exaone.store.Transactions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * A schema with a user of its own on a real server, dropped when closed. Making one takes milliseconds once the JVM's server
 * runs, so tests need not share. Thread-safe.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String HISTORY_TABLE = "schema_history";

    private final DatabaseServer server;
    private final DatabaseConfig config;
    private final String schema;
    private final Database database;

    private TestDatabase(DatabaseServer server, DatabaseConfig config, String schema) {
        this.server = server;
        this.config = config;
        this.schema = schema;
        this.database = Database.open(schema, config);
    }

    /** An empty schema on MariaDB. */
    public static TestDatabase create(String service) {
        return create(Engine.MARIADB, service);
    }

    /** An empty schema on the server of this JVM. */
    public static TestDatabase create(Engine engine, String service) {
        return create(DatabaseServer.shared(engine), service);
    }

    /**
     * An empty schema on a given server.
     *
     * @param service lower-case letters and digits; part of the schema's and the user's name
     */
    public static TestDatabase create(DatabaseServer server, String service) {
        String schema = service + "_" + ProcessHandle.current().pid() + "_" + NUMBERS.incrementAndGet();
        asAdministrator(server, handle -> {
            handle.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
            handle.execute("CREATE USER '" + schema + "'@'127.0.0.1' IDENTIFIED BY '" + schema + "'");
            handle.execute("GRANT ALL ON " + schema + ".* TO '" + schema + "'@'127.0.0.1'");
        });
        var config = DatabaseConfig.of(server.administrator(schema).url(), schema, schema);
        return new TestDatabase(server, config, schema);
    }

    /** A schema with the service's migrations applied, on MariaDB. */
    public static TestDatabase migrated(String service) {
        return migrated(Engine.MARIADB, service);
    }

    /** A schema with the service's migrations applied. */
    public static TestDatabase migrated(Engine engine, String service) {
        var created = create(engine, service);
        Migrations.migrate(created.database, service);
        return created;
    }

    /** How the service's own user connects. */
    public DatabaseConfig config() {
        return config;
    }

    /** A pool as the service's own user; closed with this. */
    public Database database() {
        return database;
    }

    public Transactions transactions() {
        return database.transactions();
    }

    /** Empties every table and keeps the schema: what a class with one schema does before each test. */
    public void clear() {
        database.transactions().withHandle(handle -> {
            List<String> tables = handle.createQuery("""
                            SELECT table_name
                              FROM information_schema.tables
                             WHERE table_schema = :schema AND table_type = 'BASE TABLE' AND table_name <> :history
                            """)
                    .bind("schema", schema)
                    .bind("history", HISTORY_TABLE)
                    .mapTo(String.class)
                    .list();
            handle.execute("SET foreign_key_checks = 0");
            try {
                tables.forEach(table -> handle.execute("DELETE FROM `" + table + "`"));
            } finally {
                handle.execute("SET foreign_key_checks = 1");
            }
            return tables.size();
        });
    }

    @Override
    public void close() {
        database.close();
        asAdministrator(server, handle -> {
            handle.execute("DROP DATABASE " + schema);
            handle.execute("DROP USER '" + schema + "'@'127.0.0.1'");
        });
    }

    private static void asAdministrator(DatabaseServer server, Consumer<Handle> work) {
        try (var database =
                Database.open("administrator", server.administrator("").withMaxConnections(1))) {
            database.transactions().withHandle(handle -> {
                work.accept(handle);
                return true;
            });
        }
    }
}
