package ai.exaone.quota.admission;

import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what nobody calls for: brings a generation into force, returns what gateways that are gone hold, and forgets old holds. One
 * thread; {@link #sweep} may also be called by hand.
 */
public final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration PACE = Duration.ofMillis(500);
    private static final Duration FORGETTING_PACE = Duration.ofSeconds(10);
    /** Holds that never came to be in the ledger stay, to be corrected if they come. */
    private static final Duration UNRECORDED_KEPT = Duration.ofDays(40);

    private static final int FORGOTTEN_TOGETHER = 1_000;

    private final Generations generations;
    private final JournalStore store;
    private final QuotaClock clock;
    private final AdmissionConfig config;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("quota-sweeper").daemon().factory());

    public Sweeper(Generations generations, JournalStore store, QuotaClock clock, AdmissionConfig config) {
        this.generations = generations;
        this.store = store;
        this.clock = clock;
        this.config = config;
    }

    public void start() {
        thread.scheduleWithFixedDelay(() -> attempt(this::sweep), 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(
                () -> attempt(this::forget),
                FORGETTING_PACE.toMillis(),
                FORGETTING_PACE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Looks at every open request once. */
    public void sweep() {
        generations.recover();
        generations.ifActive(Generation::sweep);
    }

    private void forget() {
        Instant now = clock.instant();
        int forgotten;
        do {
            forgotten = store.forget(now.minus(config.memory()), now.minus(UNRECORDED_KEPT), FORGOTTEN_TOGETHER);
        } while (forgotten >= FORGOTTEN_TOGETHER);
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (PlatformException failure) {
            LOG.warn("Admission waits for its database: {}", failure.toString());
        } catch (RuntimeException failure) {
            LOG.error("Sweeping failed; it goes on", failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
