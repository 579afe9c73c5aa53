package ai.exaone.gateway.routing;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the router that time goes on. */
public final class QueueClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueClock.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Router router;
    private final ScheduledExecutorService clock;

    private QueueClock(Router router) {
        this.router = router;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("queue-clock").factory());
    }

    /** Starts. */
    public static QueueClock start(Router router) {
        QueueClock clock = new QueueClock(router);
        clock.clock.scheduleWithFixedDelay(
                clock::tick, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return clock;
    }

    /** A clock that fails once must not stand still. */
    private void tick() {
        try {
            router.tick();
        } catch (RuntimeException failure) {
            LOG.error("The queues were not looked after", failure);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
