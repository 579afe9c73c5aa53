package ai.exaone.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Property
    void quantilesAreThoseOfTheTimesToATenthOfAPercent(@ForAll @Size(min = 1, max = 200) long[] micros) {
        Tally tally = new Tally();
        long[] times = Arrays.stream(micros)
                .map(value -> Math.floorMod(value, 100_000_000L) + 1)
                .sorted()
                .toArray();
        for (long time : times) {
            tally.complete(TimeUnit.MICROSECONDS.toNanos(time));
        }

        int middle = (int) Math.ceil(times.length * 0.5) - 1;
        assertThat(tally.latency().p50()).isCloseTo(times[middle] / 1e3, Percentage.withPercentage(0.2));
        assertThat(tally.latency().max()).isCloseTo(times[times.length - 1] / 1e3, Percentage.withPercentage(0.2));
        assertThat(tally.completed()).isEqualTo(times.length);
    }

    @Property
    void twoTalliesTogetherAreAsOne(
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long first,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long second) {
        Tally one = new Tally();
        one.complete(first);
        one.fail("why");
        one.refuse();
        Tally other = new Tally();
        other.completeLate(second);
        other.fail("why", 2);
        other.first(first);
        other.gap(second);
        one.add(other);

        assertThat(one.completed()).isEqualTo(1);
        assertThat(one.late()).isEqualTo(1);
        assertThat(one.latency().count()).isEqualTo(2);
        assertThat(one.latency().max()).isCloseTo(Math.max(first, second) / 1e6, within(1.0));
        assertThat(one.errors()).containsEntry("why", 3L);
        assertThat(one.pieces()).isEqualTo(2);
        assertThat(one.refused()).isEqualTo(1);
    }

    @Test
    void whatTakesTooLongCountsAsTheLongest() {
        Tally tally = new Tally();
        tally.complete(TimeUnit.HOURS.toNanos(3));

        assertThat(tally.latency().max()).isCloseTo(600_000, Percentage.withPercentage(0.1));
    }
}
