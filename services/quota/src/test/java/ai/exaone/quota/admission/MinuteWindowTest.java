package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The window of a minute against a list of everything that was ever taken. */
class MinuteWindowTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    /** Time passes, and something is asked for. */
    record Step(long nanos, long amount) {}

    /** Something taken. */
    record Taken(long at, long amount) {}

    @Property
    void inAnyMinuteAtMostTheLimitIsTaken(@ForAll("steps") List<Step> steps, @ForAll("limits") long limit) {
        var window = new MinuteWindow();
        var taken = new ArrayList<Taken>();
        long nanos = 5 * SECOND;
        for (Step step : steps) {
            nanos += step.nanos;
            long cell = Moment.cellOf(nanos);
            if (window.used(cell) <= limit - step.amount) {
                window.add(cell, cell, step.amount);
                taken.add(new Taken(nanos, step.amount));
            }
        }
        for (Taken first : taken) {
            assertThat(takenIn(taken, first.at, first.at + MINUTE)).isLessThanOrEqualTo(limit);
        }
    }

    @Property
    void itCountsWhatWasTakenUpToSixtyOneSecondsAgo(@ForAll("steps") List<Step> steps) {
        var window = new MinuteWindow();
        var taken = new ArrayList<Taken>();
        long nanos = 5 * SECOND;
        for (Step step : steps) {
            nanos += step.nanos;
            long cell = Moment.cellOf(nanos);
            window.add(cell, cell, step.amount);
            taken.add(new Taken(nanos, step.amount));
            assertThat(window.used(cell)).isEqualTo(takenIn(taken, (cell - 60) * SECOND, nanos + 1));
            assertThat(window.isEmpty(cell)).isEqualTo(window.used(cell) == 0);
        }
    }

    @Property
    void theWaitIsLongEnoughAndNotLonger(
            @ForAll("steps") List<Step> steps, @ForAll("limits") long limit, @ForAll("amounts") long amount) {
        var window = new MinuteWindow();
        long nanos = 5 * SECOND;
        for (Step step : steps) {
            nanos += step.nanos;
            window.add(Moment.cellOf(nanos), Moment.cellOf(nanos), step.amount);
        }
        var wait = window.nanosUntilFree(moment(nanos), amount, limit);
        assertThat(wait.isEmpty()).isEqualTo(amount > limit);
        if (wait.isPresent()) {
            long free = nanos + wait.getAsLong();
            if (wait.getAsLong() > 0) {
                assertThat(window.used(Moment.cellOf(free - 1))).isGreaterThan(limit - amount);
            }
            assertThat(window.used(Moment.cellOf(free))).isLessThanOrEqualTo(limit - amount);
        }
    }

    @Test
    void whatIsGivenBackAfterTheWindowPassedIsNotGivenBackTwice() {
        var window = new MinuteWindow();
        window.add(100, 100, 50);
        assertThat(window.used(161)).isZero();
        window.add(161, 100, -50);
        assertThat(window.used(161)).isZero();
        window.add(161, 161, 7);
        window.add(161, 161, -3);
        assertThat(window.used(161)).isEqualTo(4);
    }

    private static long takenIn(List<Taken> taken, long from, long until) {
        return taken.stream()
                .filter(one -> one.at >= from && one.at < until)
                .mapToLong(Taken::amount)
                .sum();
    }

    private static Moment moment(long nanos) {
        return new Moment(Instant.EPOCH, LocalDate.EPOCH, nanos);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.longs().between(0, 20 * SECOND), amounts())
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Long> limits() {
        return Arbitraries.longs().between(1, 40);
    }

    @Provide
    Arbitrary<Long> amounts() {
        return Arbitraries.longs().between(1, 10);
    }
}
