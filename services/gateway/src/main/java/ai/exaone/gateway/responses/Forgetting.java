package ai.exaone.gateway.responses;

import ai.exaone.errors.PlatformException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what has expired, now and then, until it is closed. Several gateways may do so side by side. */
public final class Forgetting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final int AT_ONCE = 200;

    private final ResponseStore store;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("response-expiry").factory());

    public Forgetting(ResponseStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Begins; the first time is one interval from now. */
    public void start(Duration interval) {
        timer.scheduleWithFixedDelay(this::forget, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Removes all that has expired. */
    void forget() {
        try {
            int removed = AT_ONCE;
            while (removed == AT_ONCE && !Thread.currentThread().isInterrupted()) {
                removed = store.forget(clock.instant(), AT_ONCE);
            }
        } catch (PlatformException unreachable) {
            LOG.warn("Expired responses stay for now: the database cannot be asked", unreachable);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
