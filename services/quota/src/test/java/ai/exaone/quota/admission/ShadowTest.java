package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Enforcement;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitChange;
import ai.exaone.quota.limit.LimitError;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.limit.ShadowDay;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.usage.UsageRecord;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits that refuse nothing and count what they would have refused. */
@EveryEngine(migrated = "quota")
class ShadowTest {
    private final TestDatabase database;
    /** How much of the gateway's spool is in the ledger. */
    private long drained;

    private final QuotaTime time = QuotaTime.started();
    private final QuotaUnderTest quota;

    ShadowTest(TestDatabase database) {
        this.database = database;
        this.quota = QuotaUnderTest.start(database.transactions(), time);
    }

    @AfterEach
    void stop() {
        quota.close();
    }

    @Test
    void nothingIsRefusedAndWhatWouldHaveBeenIsCountedByDay() {
        Limit limit = quota.shadow(LimitKind.REQUESTS_PER_MINUTE, 2);
        for (int call = 0; call < 5; call++) {
            admitAndEnd(10, 10);
        }
        assertThat(quota.wouldHaveRefused(limit)).isEqualTo(3);
        assertThat(quota.used(limit)).isEqualTo(5);
        // Those it would have refused are in nobody's way: after a minute two more would have fitted in.
        time.advance(Duration.ofSeconds(61));
        admitAndEnd(10, 10);
        admitAndEnd(10, 10);
        assertThat(quota.wouldHaveRefused(limit)).isEqualTo(3);
        time.advance(Duration.ofDays(1));
        for (int call = 0; call < 3; call++) {
            admitAndEnd(1, 1);
        }
        LocalDate today = LocalDate.ofInstant(time.wall.instant(), QuotaTime.ZONE);
        assertThat(quota.limits.wouldHaveRefused(List.of(limit)).get(limit.limitId()))
                .containsExactly(new ShadowDay(today, 1), new ShadowDay(today.minusDays(1), 3));
    }

    @Test
    void callsThatGatewaysAdmitByThemselvesAreCountedToo() {
        Limit limit = quota.shadow(LimitKind.TOKENS_PER_MINUTE, 100);
        record(60, 40);
        record(1, 0);
        assertThat(quota.wouldHaveRefused(limit)).isEqualTo(1);
    }

    @Test
    void aCallCountsOnceHoweverOftenItsSpoolComes() {
        Limit limit = quota.shadow(LimitKind.REQUESTS_PER_MINUTE, 0);
        var call = quota.call(QuotaUnderTest.IDS.next("req"), 1, 1);
        quota.drain(drained, drained + 10, call);
        quota.drain(drained, drained + 10, call);
        drained += 10;
        drain(call);
        assertThat(quota.wouldHaveRefused(limit)).isEqualTo(1);
    }

    @Test
    void whatWasRefusedIsNotCounted() {
        Limit limit = quota.shadow(LimitKind.REQUESTS_PER_MINUTE, 0);
        drain(quota.call(QuotaUnderTest.IDS.next("req"), 1, 1, Outcome.REFUSED));
        assertThat(quota.wouldHaveRefused(limit)).isZero();
    }

    @Test
    void byCalendarWhatWouldHaveBeenRefusedLeavesRoomForSmallerCalls() {
        Limit day = quota.shadow(LimitKind.TOKENS_PER_DAY, 100);
        Limit month = quota.shadow(LimitKind.TOKENS_PER_MONTH, 150);
        admitAndEnd(60, 0);
        record(60, 0);
        record(40, 0);
        assertThat(quota.wouldHaveRefused(day)).isEqualTo(1);
        assertThat(quota.wouldHaveRefused(month)).isEqualTo(1);
        // What it would have refused is known after a restart: 100 and 120 of it were let pass.
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            restarted.drain(drained, drained + 10, restarted.call(QuotaUnderTest.IDS.next("req"), 30, 0));
            drained += 10;
            assertThat(restarted.wouldHaveRefused(day)).isEqualTo(2);
            assertThat(restarted.wouldHaveRefused(month)).isEqualTo(1);
        }
    }

    @Test
    void aModelWithoutAPriceWouldHaveBeenRefusedUnderABudget() {
        Limit limit = quota.shadow(LimitKind.BUDGET_PER_DAY, 1_000_000);
        // No test of this class sets a price.
        record(1, 1);
        assertThat(quota.wouldHaveRefused(limit)).isEqualTo(1);
    }

    @Test
    void oneUpdateMakesItRefuse() {
        Limit limit = quota.shadow(LimitKind.REQUESTS_PER_MINUTE, 1);
        admitAndEnd(1, 1);
        admitAndEnd(1, 1);
        Limit enforced = enforce(limit, Enforcement.ENFORCED);
        assertThat(quota.refusal(1, 1).limit()).isEqualTo(enforced);
        assertThat(quota.wouldHaveRefused(limit)).isEqualTo(1);
        enforce(limit, Enforcement.SHADOW);
        quota.admit(1, 1);
    }

    @Test
    void aTighterLimitIsTriedBesideTheOneThatIsInForce() {
        Limit enforced = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 3);
        Limit tried = quota.shadow(LimitKind.REQUESTS_PER_MINUTE, 1);
        for (int call = 0; call < 3; call++) {
            admitAndEnd(1, 1);
        }
        assertThat(quota.refusal(1, 1).limit()).isEqualTo(enforced);
        assertThat(quota.wouldHaveRefused(tried)).isEqualTo(2);
        PlatformException twice =
                catchThrowableOfType(PlatformException.class, () -> enforce(tried, Enforcement.ENFORCED));
        assertThat(twice.reason()).isEqualTo(LimitError.LIMIT_EXISTS);
        quota.limits.delete(quota.tenant, enforced.limitId(), QuotaUnderTest.ADMIN);
        enforce(tried, Enforcement.ENFORCED);
        assertThat(quota.refusal(1, 1).limit().limitId()).isEqualTo(tried.limitId());
    }

    @Test
    void nothingIsGrantedOfIt() {
        Limit limit = quota.shadow(LimitKind.REQUESTS_PER_MINUTE, 10);
        var demand = new SliceExchange.Demand(limit.limitId(), 0, 0, 5, 1);
        var said = new SliceExchange.OfTenant(quota.tenant, List.of(), List.of(), List.of(demand));
        assertThat(quota.slices.exchange(
                        new SliceExchange(QuotaUnderTest.GATEWAY, quota.tenant, 1, List.of(said), false)))
                .isEmpty();
    }

    private Limit enforce(Limit limit, Enforcement enforcement) {
        return quota.limits.update(
                quota.tenant, limit.limitId(), LimitChange.ofEnforcement(enforcement), QuotaUnderTest.ADMIN);
    }

    private void admitAndEnd(long input, long output) {
        String requestId = quota.admit(input, output);
        quota.settle(requestId, input, output);
        drain(quota.call(requestId, input, output));
    }

    /** A call that its gateway admitted from slices. */
    private void record(long input, long output) {
        drain(quota.call(QuotaUnderTest.IDS.next("req"), input, output));
    }

    private void drain(UsageRecord call) {
        quota.drain(drained, drained + 10, call);
        drained += 10;
    }
}
