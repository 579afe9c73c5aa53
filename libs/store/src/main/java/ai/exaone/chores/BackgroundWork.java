package ai.exaone.chores;

import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does chores, each at once and then at its own pace, until it is closed. A chore that fails is tried again. Thread-safe. */
public final class BackgroundWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final ScheduledExecutorService executor;

    private BackgroundWork(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /** Begins with all chores, side by side. */
    public static BackgroundWork start(List<Chore> chores) {
        var executor = Executors.newScheduledThreadPool(
                chores.size(), Thread.ofPlatform().name("chore-", 0).daemon().factory());
        chores.forEach(chore -> executor.scheduleWithFixedDelay(
                () -> run(chore), 0, chore.pause().toMillis(), TimeUnit.MILLISECONDS));
        return new BackgroundWork(executor);
    }

    private static void run(Chore chore) {
        try {
            chore.work().run();
        } catch (PlatformException failure) {
            LOG.warn("{} failed and is tried again", chore.name(), failure);
        } catch (RuntimeException defect) {
            LOG.error("{} failed and is tried again", chore.name(), defect);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A chore did not end in time");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
