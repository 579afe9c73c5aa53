package ai.exaone.gateway;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.responses.ResponseError;
import ai.exaone.store.Database;
import ai.exaone.store.Migrations;
import ai.exaone.store.Transactions;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own database, of what callers ask to be kept. It is connected to and migrated at the first use, so that a gateway
 * without it starts and serves everything else. Thread-safe.
 */
final class KeptDatabase implements Supplier<Transactions>, AutoCloseable {
    private static final String NAME = "gateway";

    private final Optional<DatabaseSettings> settings;
    private @Nullable Database open;

    /**
     * @param settings empty where there is no database
     */
    KeptDatabase(Optional<DatabaseSettings> settings) {
        this.settings = settings;
    }

    /** Whether there is a database at all. */
    boolean isThere() {
        return settings.isPresent();
    }

    /**
     * What runs work on it.
     *
     * @throws PlatformException NOTHING_IS_KEPT, or STORE_UNAVAILABLE while it was never reached
     */
    @Override
    public synchronized Transactions get() {
        Database known = open;
        if (known == null) {
            known = connect();
            open = known;
        }
        return known.transactions();
    }

    private Database connect() {
        DatabaseSettings found = settings.orElseThrow(() -> new PlatformException(
                ResponseError.NOTHING_IS_KEPT, "This installation keeps no responses: send \"store\": false."));
        Database database = Database.open(NAME, found.config());
        boolean ready = false;
        try {
            Migrations.migrate(database, NAME);
            ready = true;
            return database;
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
        }
    }
}
