package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.quota.limit.Enforcement;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever calls come and in whatever order: those that a limit in shadow lets pass would have fitted in, and where all fit in, all pass.
 */
class ShadowPropertyTest {
    private static final Instant NOW = Instant.parse("2026-03-18T15:30:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 18);
    private static final long MINUTE = 60_000;
    /** A call counts in the cells that it ran in from beginning to end. */
    private static final long CELL = 50;

    /** A call by when it begins before now, how long it takes, and its tokens. */
    record Made(int before, int millis, int tokens) {}

    @Property(tries = 500)
    void requestsInAMinute(@ForAll("calls") List<Made> calls, @ForAll @IntRange(min = 1, max = 12) int amount) {
        check(LimitKind.REQUESTS_PER_MINUTE, calls, amount, call -> 1);
    }

    @Property(tries = 500)
    void tokensInAMinute(@ForAll("calls") List<Made> calls, @ForAll @IntRange(min = 1, max = 120) int amount) {
        check(LimitKind.TOKENS_PER_MINUTE, calls, amount, call -> call.used().tokens());
    }

    @Property(tries = 500)
    void requestsAtOnce(@ForAll("calls") List<Made> calls, @ForAll @IntRange(min = 1, max = 6) int amount) {
        List<ShadowCall> passed = passed(LimitKind.CONCURRENT_REQUESTS, calls, amount);
        for (ShadowCall call : passed) {
            assertThat(passed.stream()
                            .filter(other -> other.startMillis() <= call.startMillis()
                                    && call.startMillis() + 2 * CELL <= other.endMillis())
                            .filter(other -> call.startMillis() + 2 * CELL <= call.endMillis())
                            .count())
                    .as("at once")
                    .isLessThanOrEqualTo(amount);
        }
        boolean allFit = calls.stream()
                .map(ShadowPropertyTest::call)
                .allMatch(call -> calls.stream()
                                .map(ShadowPropertyTest::call)
                                .filter(other -> other.startMillis() <= call.startMillis()
                                        && call.startMillis() < other.endMillis())
                                .count()
                        <= amount);
        if (allFit) {
            assertThat(passed).hasSameSizeAs(calls);
        }
    }

    @Provide
    Arbitrary<List<Made>> calls() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 200_000),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.integers().between(0, 3_000)),
                                Tuple.of(1, Arbitraries.integers().between(0, 90_000))),
                        Arbitraries.integers().between(1, 40))
                .as(Made::new)
                .list()
                .ofMaxSize(60);
    }

    private static void check(LimitKind kind, List<Made> calls, long amount, ToLongFunction<ShadowCall> count) {
        List<ShadowCall> passed = passed(kind, calls, amount);
        assertThat(most(passed, count, MINUTE - 1_000)).as("let pass").isLessThanOrEqualTo(amount);
        List<ShadowCall> all = calls.stream().map(ShadowPropertyTest::call).toList();
        if (most(all, count, MINUTE) <= amount) {
            assertThat(passed).hasSameSizeAs(calls);
        }
    }

    /** The most in any time so long. */
    private static long most(List<ShadowCall> calls, ToLongFunction<ShadowCall> count, long millis) {
        return calls.stream()
                .mapToLong(last -> calls.stream()
                        .filter(call -> call.startMillis() <= last.startMillis()
                                && call.startMillis() > last.startMillis() - millis)
                        .mapToLong(count)
                        .sum())
                .max()
                .orElse(0);
    }

    private static List<ShadowCall> passed(LimitKind kind, List<Made> calls, long amount) {
        var limit = new ShadowLimit(new Limit(
                "lim_1",
                "tnt_1",
                new Scope("", "", ""),
                kind,
                amount,
                Enforcement.SHADOW,
                Optional.empty(),
                "usr_1",
                Instant.EPOCH));
        var passed = new ArrayList<ShadowCall>();
        for (Made made : calls) {
            ShadowCall call = call(made);
            if (!limit.refuses(call, 0, new Moment(NOW, DAY, 0))) {
                passed.add(call);
            }
        }
        return passed;
    }

    private static ShadowCall call(Made made) {
        long start = NOW.toEpochMilli() - made.before;
        return new ShadowCall(start, start + made.millis, DAY, new Demand(1, made.tokens, 0, true));
    }
}
