package ai.exaone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.health.Readiness;
import ai.exaone.gateway.warmup.WarmUp;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.event.StartupEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the port waits for: it opens when this event was handled. */
class StartFactoryTest {
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void opensAfterTheWarmUpWhateverBecameOfIt() throws Exception {
        var warming = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var known = new AtomicBoolean();
        var warmUp = new WarmUp(
                () -> {
                    warming.countDown();
                    await(goOn);
                    throw new IOException("It fails");
                },
                Duration.ofSeconds(PATIENCE_SECONDS));
        var readiness = new Readiness(() -> known.compareAndSet(false, true), Duration.ofSeconds(PATIENCE_SECONDS));
        var open = new StartFactory().readyFirst(warmUp, readiness);

        try (var context = ApplicationContext.builder().build()) {
            var opened = CompletableFuture.runAsync(() -> open.onApplicationEvent(new StartupEvent(context)));
            await(warming);
            assertThat(opened).isNotDone();
            assertThat(known).isFalse();

            goOn.countDown();
            opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(known).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
