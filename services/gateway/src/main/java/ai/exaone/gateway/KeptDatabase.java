package ai.exaone.gateway;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.responses.ResponseError;
import ai.exaone.store.Database;
import ai.exaone.store.DatabaseConfig;
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
    static final String NAME = "gateway";

    private final Optional<DatabaseConfig> config;
    private @Nullable Database open;

    /**
     * @param config empty where there is no database
     */
    KeptDatabase(Optional<DatabaseConfig> config) {
        this.config = config;
    }

    /** Whether there is a database at all. */
    boolean isThere() {
        return config.isPresent();
    }

    /** Whether it was used since the start. */
    synchronized boolean isOpen() {
        return open != null;
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
        return Migrations.open(
                NAME,
                config.orElseThrow(() -> new PlatformException(
                        ResponseError.NOTHING_IS_KEPT,
                        "This installation keeps no responses: send \"store\": false.")));
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
        }
    }
}
