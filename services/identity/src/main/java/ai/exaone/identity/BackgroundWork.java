package ai.exaone.identity;

import ai.exaone.errors.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What identity does without being asked, each chore at its own pace, until it is closed. A chore that fails is tried again. */
final class BackgroundWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final ScheduledExecutorService executor;

    /**
     * One piece of work.
     *
     * @param pause between its end and its next beginning
     */
    record Chore(String name, Duration pause, Runnable work) {}

    BackgroundWork(List<Chore> chores) {
        executor = Executors.newScheduledThreadPool(
                chores.size(),
                Thread.ofPlatform().name("identity-chore-", 0).daemon().factory());
        chores.forEach(chore -> executor.scheduleWithFixedDelay(
                () -> run(chore), 0, chore.pause().toMillis(), TimeUnit.MILLISECONDS));
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
