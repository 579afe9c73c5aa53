package ai.exaone.gateway;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.responses.ResponseError;
import ai.exaone.store.Database;
import ai.exaone.store.DatabaseConfig;
import ai.exaone.store.Migrations;
import ai.exaone.store.StoreError;
import ai.exaone.store.Transactions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own database, of what callers ask to be kept. It is connected to and migrated at the first use, so that a gateway
 * without it starts and serves everything else. Thread-safe.
 */
final class KeptDatabase implements Supplier<Transactions>, AutoCloseable {
    static final String NAME = "gateway";

    private static final Duration LONGEST_QUEUEING = Duration.ofSeconds(5);

    private final Optional<DatabaseConfig> config;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable Database open;

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
    boolean isOpen() {
        return open != null;
    }

    /**
     * What runs work on it.
     *
     * @throws PlatformException NOTHING_IS_KEPT, or STORE_UNAVAILABLE while it was never reached
     */
    @Override
    public Transactions get() {
        Database known = open;
        return (known == null ? opened() : known).transactions();
    }

    /** One at a time connects; where that takes long the others do not queue behind it. */
    private Database opened() {
        if (!isMyTurn()) {
            throw new PlatformException(StoreError.STORE_UNAVAILABLE, "The database cannot be reached at the moment.");
        }
        try {
            Database known = open;
            if (known == null) {
                known = connect();
                open = known;
            }
            return known;
        } finally {
            connecting.unlock();
        }
    }

    private boolean isMyTurn() {
        try {
            return connecting.tryLock(LONGEST_QUEUEING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Database connect() {
        return Migrations.open(
                NAME,
                config.orElseThrow(
                        () -> new PlatformException(
                                ResponseError.NOTHING_IS_KEPT,
                                "This installation keeps nothing: no files, no batches, and responses with \"store\": false only.")));
    }

    @Override
    public void close() {
        connecting.lock();
        try {
            Database known = open;
            if (known != null) {
                known.close();
            }
        } finally {
            connecting.unlock();
        }
    }
}
