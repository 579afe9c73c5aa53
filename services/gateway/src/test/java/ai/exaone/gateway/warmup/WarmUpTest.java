package ai.exaone.gateway.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What goes wrong while it warms up. */
class WarmUpTest {
    private final AtomicInteger prepared = new AtomicInteger();

    @Test
    void endsWhereTheWayCannotBeMade() {
        new WarmUp(
                        () -> {
                            prepared.incrementAndGet();
                            throw new IOException("The disk is full");
                        },
                        Duration.ofSeconds(1))
                .run();
        new WarmUp(
                        () -> {
                            prepared.incrementAndGet();
                            throw new IllegalStateException("A defect");
                        },
                        Duration.ofSeconds(1))
                .run();

        assertThat(prepared).hasValue(2);
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
