package ai.exaone.quota.admission;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.LimitStore;
import ai.exaone.quota.price.PriceBook;
import ai.exaone.quota.price.PriceStore;
import ai.exaone.quota.writer.ActiveWriter;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.quota.writer.SupersededException;
import ai.exaone.quota.writer.WriterError;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one {@link Generation} in force: the first is read when {@link #recover} first succeeds, another after each write whose outcome is
 * in doubt. A process that another one took over from has none any more, and says so for as long as it lives. Thread-safe.
 */
public final class Generations implements ActiveWriter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    private final QuotaClock clock;
    private final AdmissionConfig config;
    private final JournalStore store;
    private final LimitStore limits;
    private final PriceStore prices;
    private final MySqlWriterEpoch writerEpoch;
    /** Held while the database is read, and while limits and prices change: what is read is what is then changed. */
    private final ReentrantLock changing = new ReentrantLock();

    private final AtomicReference<@Nullable Generation> current = new AtomicReference<>();
    private long epoch;
    private volatile boolean ended;

    public Generations(
            QuotaClock clock,
            AdmissionConfig config,
            JournalStore store,
            LimitStore limits,
            PriceStore prices,
            MySqlWriterEpoch writerEpoch) {
        this.clock = clock;
        this.config = config;
        this.store = store;
        this.limits = limits;
        this.prices = prices;
        this.writerEpoch = writerEpoch;
    }

    /**
     * The generation in force.
     *
     * @throws PlatformException QUOTA_UNAVAILABLE when there is none
     */
    Generation current() {
        Generation generation = current.get();
        if (generation == null) {
            throw unavailable();
        }
        return generation;
    }

    /** Whether there is one: whether requests can be decided. */
    public boolean isActive() {
        return current.get() != null;
    }

    /** Does something with it, if there is one. */
    void ifActive(Consumer<Generation> work) {
        Generation generation = current.get();
        if (generation != null) {
            work.accept(generation);
        }
    }

    /**
     * Makes sure that there is a generation, if this process may have one.
     *
     * @throws PlatformException the database cannot be reached; to be tried again
     */
    public void recover() {
        changing.lock();
        try {
            if (current.get() == null && !ended) {
                read();
            }
        } catch (SupersededException taken) {
            end(taken);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public <T> T change(LongFunction<T> change) {
        changing.lock();
        try {
            Generation generation = current();
            try {
                return change.apply(epoch);
            } catch (SupersededException taken) {
                end(taken);
                throw unavailable();
            } catch (PlatformException failure) {
                if (failure.category() == ErrorCategory.UNAVAILABLE || failure.category() == ErrorCategory.INTERNAL) {
                    doubt(generation, failure);
                }
                throw failure;
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void close() {
        ended = true;
        drop(current.getAndSet(null));
    }

    private void read() {
        // The claim comes first: nobody writes after it, so what is read is all there is.
        epoch = epoch == 0 ? writerEpoch.claim() : writerEpoch.renew();
        Instant now = clock.instant();
        var memory = store.read(
                now.minus(config.memory()),
                now.minus(config.exchangesCount()),
                clock.earliestToday().withDayOfMonth(1));
        var generation = new Generation(clock, config, this::journal, memory, limits.all(), PriceBook.of(prices.all()));
        current.set(generation);
        generation.journal.start();
        LOG.info(
                "Admission decides under epoch {}: {} holds remembered",
                epoch,
                memory.holds().size());
    }

    private Journal journal(Generation generation) {
        return new Journal(store, epoch, failure -> doubt(generation, failure));
    }

    /** Ends a generation whose memory may differ from the database. */
    void doubt(Generation generation, RuntimeException cause) {
        if (cause instanceof SupersededException taken) {
            end(taken);
        } else if (current.compareAndSet(generation, null)) {
            LOG.warn("A write of admission is in doubt; memory is read again", cause);
            drop(generation);
        }
    }

    private void end(SupersededException taken) {
        ended = true;
        LOG.error("This process no longer decides about admission", taken);
        drop(current.getAndSet(null));
    }

    private static void drop(@Nullable Generation generation) {
        if (generation != null) {
            generation.close();
        }
    }

    private static PlatformException unavailable() {
        return new PlatformException(
                WriterError.QUOTA_UNAVAILABLE, "Quota cannot decide just now. Try again in a moment.");
    }
}
