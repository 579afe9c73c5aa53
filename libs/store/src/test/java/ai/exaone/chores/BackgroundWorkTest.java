package ai.exaone.chores;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundWorkTest {
    private static final Duration PAUSE = Duration.ofMillis(1);

    @Test
    void aChoreThatFailsIsTriedAgainAndKeepsNoOtherBack() throws InterruptedException {
        var failures = new AtomicInteger();
        var failedOften = new CountDownLatch(3);
        var done = new CountDownLatch(3);
        Runnable failing = () -> {
            failedOften.countDown();
            throw new IllegalStateException("failure " + failures.incrementAndGet());
        };

        try (var work = BackgroundWork.start(
                List.of(new Chore("Failing", PAUSE, failing), new Chore("Counting", PAUSE, done::countDown)))) {
            failedOften.await();
            done.await();
        }

        assertThat(failures).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    void closingEndsAChoreThatIsBeingDone() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        Runnable endless = () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                ended.set(true);
            }
        };

        try (var work = BackgroundWork.start(List.of(new Chore("Waiting", PAUSE, endless)))) {
            begun.await();
        }

        assertThat(ended).isTrue();
    }
}
