package ai.exaone.standalone.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    @Test
    void doublesFromHalfASecondToAMinute() {
        var backoff = new RestartBackoff();

        var waits = Stream.generate(() -> backoff.afterServing(Duration.ZERO))
                .limit(10)
                .map(Duration::toMillis);

        assertThat(waits).containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 32000L, 60000L, 60000L, 60000L);
    }

    @Test
    void beginsAnewAfterItHadServedForAWhile() {
        var backoff = new RestartBackoff();
        backoff.afterServing(Duration.ZERO);
        backoff.afterServing(Duration.ZERO);

        assertThat(backoff.afterServing(RestartBackoff.STABLE)).isEqualTo(RestartBackoff.FIRST);
    }

    @Property
    void neverWaitsLessThanTheFirstNorMoreThanTheLongest(
            @ForAll @Size(max = 40) List<@IntRange(max = 200) Integer> runs) {
        var backoff = new RestartBackoff();

        assertThat(runs)
                .extracting(seconds -> backoff.afterServing(Duration.ofSeconds(seconds)))
                .allSatisfy(wait -> assertThat(wait).isBetween(RestartBackoff.FIRST, RestartBackoff.LONGEST));
    }
}
