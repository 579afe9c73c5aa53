package ai.exaone.store;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work on a database. Thread-safe.
 *
 * <p>Work gets a {@link Handle} that is open for its duration. It must be short, must call nothing remote, and may be run
 * again from its beginning when the database chose it as the victim of a deadlock: so it changes nothing but the database.
 * Work does not nest: a store method that takes part in a caller's transaction takes its handle.
 *
 * <p>Failures leave as {@link ai.exaone.errors.PlatformException} with a {@link StoreError}, as {@link ConstraintException},
 * or, where the work itself threw, unchanged. STORE_UNAVAILABLE may come from a commit that was done: writes that matter
 * carry an idempotency key.
 */
public final class Transactions {
    /** What is done on the database. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Handle handle);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(4);

    private final Jdbi jdbi;
    private final ThreadLocal<Boolean> busy = ThreadLocal.withInitial(() -> false);

    Transactions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Runs work in one READ COMMITTED transaction: all of it is stored, or none. */
    public <T> T inTransaction(Work<T> work) {
        return run(handle -> handle.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::run));
    }

    /** Like {@link #inTransaction} for work without a result. */
    public void useTransaction(Consumer<Handle> work) {
        inTransaction(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /**
     * Removes many rows, some at a time and each time in a transaction of its own, so that no row is locked for long. Safe in
     * several processes at once.
     *
     * @param batch how many rows one removal takes at most
     * @param removal removes so many of the rows, the oldest first, and says how many there were
     */
    public void removeInBatches(int batch, Work<Integer> removal) {
        int removed;
        do {
            removed = inTransaction(removal);
        } while (removed == batch);
    }

    /** Runs several reads that all see the database at the same moment. Writes are refused. */
    public <T> T inSnapshot(Work<T> work) {
        return run(handle -> {
            handle.setReadOnly(true);
            try {
                return handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::run);
            } finally {
                handle.setReadOnly(false);
            }
        });
    }

    /** Runs one statement, or several reads that need not agree with one another, without a transaction around them. */
    public <T> T withHandle(Work<T> work) {
        return run(work);
    }

    private <T> T run(Work<T> work) {
        if (busy.get()) {
            throw new IllegalStateException("Work on a database does not nest: pass the handle on");
        }
        busy.set(true);
        try {
            return attempt(work);
        } catch (RuntimeException failure) {
            throw SqlErrors.translate(failure);
        } finally {
            busy.remove();
        }
    }

    private <T> T attempt(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Handle handle = jdbi.open()) {
                return work.run(handle);
            } catch (RuntimeException failure) {
                if (attempt == ATTEMPTS || !SqlErrors.isContention(failure)) {
                    throw failure;
                }
                LOG.debug("Running a transaction again after attempt {}", attempt, failure);
            }
            pause(attempt);
        }
    }

    /** Doubles from attempt to attempt, at random within its bound, so that the victims of one deadlock part. */
    private static void pause(int attempt) {
        long bound = FIRST_PAUSE.toNanos() << attempt;
        try {
            Thread.sleep(Duration.ofNanos(RandomGenerator.getDefault().nextLong(bound / 2, bound)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
