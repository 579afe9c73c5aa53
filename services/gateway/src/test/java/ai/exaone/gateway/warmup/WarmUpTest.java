package ai.exaone.gateway.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What goes wrong while it warms up. */
class WarmUpTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger prepared = new AtomicInteger();

    @Test
    void endsWhereTheWayCannotBeMade() {
        new WarmUp(
                        () -> {
                            prepared.incrementAndGet();
                            throw new IOException("The disk is full");
                        },
                        LONG)
                .run();
        new WarmUp(
                        () -> {
                            prepared.incrementAndGet();
                            throw new IllegalStateException("A defect");
                        },
                        LONG)
                .run();

        assertThat(prepared).hasValue(2);
    }

    @Test
    void holdsNobodyUpBeyondItsTime() {
        var goOn = new CountDownLatch(1);
        var ended = new CountDownLatch(1);

        new WarmUp(
                        () -> {
                            try {
                                goOn.await();
                            } catch (InterruptedException stop) {
                                Thread.currentThread().interrupt();
                            }
                            ended.countDown();
                            throw new IOException("Too late");
                        },
                        Duration.ofMillis(1))
                .run();

        assertThat(ended.getCount()).isOne();
        goOn.countDown();
        Awaitility.await().until(() -> ended.getCount() == 0);
    }

    @Test
    void doesNothingWhereItHasNoTime() {
        new WarmUp(
                        () -> {
                            prepared.incrementAndGet();
                            throw new IOException("Nobody should ask");
                        },
                        Duration.ZERO)
                .run();

        assertThat(prepared).hasValue(0);
    }
}
