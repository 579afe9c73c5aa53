package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitChange;
import ai.exaone.quota.limit.LimitError;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits that are higher for a time. */
@EveryEngine(migrated = "quota")
class RaiseTest {
    private final TestDatabase database;
    private final QuotaTime time = QuotaTime.started();
    private final QuotaUnderTest quota;
    private long sequence;

    RaiseTest(TestDatabase database) {
        this.database = database;
        this.quota = QuotaUnderTest.start(database.transactions(), time);
    }

    @AfterEach
    void stop() {
        quota.close();
    }

    @Test
    void theRaisedAmountCountsUntilItsTimeAndTheOldOneAfterIt() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_DAY, 100);
        quota.admit(100, 0);
        assertThat(quota.refusal(1, 0).use().amount()).isEqualTo(100);
        Limit raised = raise(limit, 150, Duration.ofMinutes(10));
        quota.admit(50, 0);
        Decision.Refused refused = quota.refusal(1, 0);
        assertThat(refused.message()).contains("the limit of 150 tokens per day");
        assertThat(refused.limit()).isEqualTo(raised);
        assertThat(quota.limits.use(raised).amount()).isEqualTo(150);
        time.advance(Duration.ofMinutes(10));
        assertThat(quota.limits.use(raised).amount()).isEqualTo(100);
        assertThat(quota.refusal(1, 0).message()).contains("the limit of 100 tokens per day", "150 used");
    }

    @Test
    void aRaiseSurvivesARestartAndEndsWithoutAnybodyDoingSo() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 1);
        raise(limit, 2, Duration.ofSeconds(30));
        quota.admit(1, 1);
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            restarted.admit(1, 1);
            time.advance(Duration.ofSeconds(61));
            restarted.admit(1, 1);
            assertThat(restarted.refusal(1, 1).use().amount()).isEqualTo(1);
        }
    }

    @Test
    void aRaiseIsEndedBeforeItsTime() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 1);
        raise(limit, 5, Duration.ofHours(1));
        quota.admit(1, 1);
        quota.admit(1, 1);
        assertThat(quota.limits.lower(quota.tenant, limit.limitId(), QuotaUnderTest.ADMIN))
                .isEqualTo(limit);
        assertThat(quota.refusal(1, 1).use().amount()).isEqualTo(1);
        assertThat(quota.limits.lower(quota.tenant, limit.limitId(), QuotaUnderTest.ADMIN))
                .isEqualTo(limit);
    }

    @Test
    void aValueThatIsSetMeanwhileCountsWhenItIsMore() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        raise(limit, 20, Duration.ofHours(1));
        Limit changed =
                quota.limits.update(quota.tenant, limit.limitId(), LimitChange.ofValue(30), QuotaUnderTest.ADMIN);
        assertThat(quota.limits.use(changed).amount()).isEqualTo(30);
        changed = quota.limits.update(quota.tenant, limit.limitId(), LimitChange.ofValue(5), QuotaUnderTest.ADMIN);
        assertThat(quota.limits.use(changed).amount()).isEqualTo(20);
    }

    @Test
    void aRaiseIsHigherAndEndsInTheFuture() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        assertThat(invalid(limit, 10, Duration.ofHours(1))).containsExactly("value");
        assertThat(invalid(limit, 11, Duration.ZERO)).containsExactly("until");
    }

    @Test
    void slicesAreNotUsedAfterTheRaiseThatMadeThemPossible() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        raise(limit, 110, Duration.ofSeconds(20));
        SliceExchange.Grant early = exchange(limit, 0, 50);
        assertThat(early.granted()).isEqualTo(50);
        assertThat(early.amount()).isEqualTo(110);
        // Nine tenths of what is left, and two seconds less: clocks differ, and are set.
        assertThat(early.term()).contains(Duration.ofSeconds(16));
        time.advance(Duration.ofSeconds(18));
        SliceExchange.Grant late = exchange(limit, 50, 5);
        assertThat(late.term()).contains(Duration.ZERO);
        assertThat(late.granted()).isZero();
        time.advance(Duration.ofSeconds(2));
        // What was said before the end and is heard after it is not kept either.
        SliceExchange.Grant after = exchange(limit, 50, 5);
        assertThat(after.term()).contains(Duration.ZERO);
        assertThat(after.amount()).isEqualTo(10);
        SliceExchange.Grant last = exchange(limit, 0, 4);
        assertThat(last.term()).isEmpty();
        assertThat(last.granted()).isEqualTo(4);
    }

    private Limit raise(Limit limit, long value, Duration time) {
        return quota.limits.raise(
                quota.tenant,
                limit.limitId(),
                value,
                this.time.wall.instant().plus(time),
                "The launch",
                QuotaUnderTest.ADMIN);
    }

    private List<String> invalid(Limit limit, long value, Duration time) {
        PlatformException refused = catchThrowableOfType(PlatformException.class, () -> raise(limit, value, time));
        assertThat(refused.reason()).isEqualTo(LimitError.LIMIT_INVALID);
        return refused.violations().stream().map(violation -> violation.field()).toList();
    }

    private SliceExchange.Grant exchange(Limit limit, long kept, long wanted) {
        var demand = new SliceExchange.Demand(limit.limitId(), kept, 0, wanted, 1);
        var said = new SliceExchange.OfTenant(quota.tenant, List.of(), List.of(), List.of(demand));
        sequence++;
        return quota.slices
                .exchange(new SliceExchange("gateway-1", quota.tenant, sequence, List.of(said), false))
                .getFirst();
    }
}
