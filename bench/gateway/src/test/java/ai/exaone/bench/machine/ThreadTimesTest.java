package ai.exaone.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ThreadTimesTest {
    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void tellsWhatEachThreadOfAProcessUses() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        ThreadTimes before = ThreadTimes.of(SELF);
        Thread busy = Thread.ofPlatform().name("burns a lot").start(() -> {
            while (!enough.get()) {
                Thread.onSpinWait();
            }
        });
        try {
            await().until(
                            () -> ThreadTimes.of(SELF).since(before).getOrDefault("burns a lot", 0.0),
                            seconds -> seconds > 0.1);
        } finally {
            enough.set(true);
            busy.join();
        }
    }

    @Test
    void threadsOfOneNameAreOneAndWhoWasNotThereBeganAtNothing() {
        ThreadTimes before = new ThreadTimes(Map.of(1L, 2.0, 2L, 5.0), Map.of(1L, "loop", 2L, "gone"));
        ThreadTimes after =
                new ThreadTimes(Map.of(1L, 2.5, 3L, 0.25, 4L, 1.0), Map.of(1L, "loop", 3L, "loop", 4L, "other"));

        Map<String, Double> used = after.since(before);

        assertThat(used).containsOnlyKeys("loop", "other");
        assertThat(used.get("loop")).isCloseTo(0.75, Offset.offset(1e-9));
        assertThat(used.get("other")).isCloseTo(1.0, Offset.offset(1e-9));
    }
}
