package ai.exaone.store;

import ai.exaone.errors.PlatformException;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a service's schema to the newest version: the files {@code db/migration/<service>/V<number>__<what>.sql} on its class
 * path, in order, each once. They create schema objects only; first data comes through the public API. Several processes may
 * migrate at once: the history table's lock lets one do the work.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9]*");
    private static final String HISTORY_TABLE = "schema_history";

    private Migrations() {}

    /**
     * Opens a service's database with its schema at the newest version. Its owner closes it.
     *
     * @param service the folder below {@code db/migration}; names the pool as well
     * @throws PlatformException as {@link #migrate} does; nothing is left open then
     */
    public static Database open(String service, DatabaseConfig config) {
        Database database = Database.open(service, config);
        try {
            migrate(database, service);
            return database;
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    /**
     * Brings the schema to the newest version; does nothing where it is.
     *
     * @param service the folder below {@code db/migration}
     * @throws PlatformException STORE_UNAVAILABLE if the database cannot be reached; INTERNAL if a file is missing, was changed
     *     after it ran, or fails
     */
    public static void migrate(Database database, String service) {
        if (!SERVICE.matcher(service).matches()) {
            throw new IllegalArgumentException("Not the name of a service: " + service);
        }
        try {
            var result = Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations("classpath:db/migration/" + service)
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .table(HISTORY_TABLE)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
            LOG.info("Schema of {} is at version {}", service, result.targetSchemaVersion);
        } catch (FlywayException failure) {
            var named = SqlErrors.translate(failure);
            throw named instanceof PlatformException ? named : PlatformException.internal(failure);
        }
    }
}
