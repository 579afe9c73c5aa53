package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitChange;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@EveryEngine(migrated = "quota")
class SlicesTest {
    private final TestDatabase database;
    private final QuotaTime time = QuotaTime.started();
    private final QuotaUnderTest quota;

    SlicesTest(TestDatabase database) {
        this.database = database;
        this.quota = QuotaUnderTest.start(database.transactions(), time);
    }

    @AfterEach
    void stop() {
        quota.close();
    }

    @Test
    void aGrantIsHalfOfWhatRemainsSharedByTheGateways() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 120);
        assertThat(exchange("a", 1, 0, demand(limit, 0, 1_000))).isEqualTo(60);
        assertThat(exchange("b", 1, 0, demand(limit, 0, 1_000))).isEqualTo(15);
        assertThat(exchange("c", 1, 0, demand(limit, 0, 3))).isEqualTo(3);
    }

    @Test
    void aGrantThatDoesNotDoForOneRequestIsNotGiven() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_MINUTE, 1_000);
        var least = new SliceExchange.Demand(limit.limitId(), 0, 0, 700, 501);
        assertThat(exchange("a", 1, 0, least)).isZero();
        assertThat(quota.admission.admit(quota.request(501, 499)).decision()).isEqualTo(new Decision.Admitted(""));
    }

    @Test
    void whatIsGrantedIsRefusedToOthersAndIsNotShownAsUsed() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 4);
        assertThat(exchange("a", 1, 0, demand(limit, 0, 9))).isEqualTo(2);
        quota.admit(1, 1);
        quota.admit(1, 1);
        Decision.Refused refused = quota.refusal(1, 1);
        assertThat(refused.limit()).isEqualTo(limit);
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(quota.used(limit)).isEqualTo(2);
        // Given back, it is anybody's.
        exchange("a", 2, 1, demand(limit, 0, 0));
        assertThat(quota.used(limit)).isEqualTo(3);
        quota.admit(1, 1);
        assertThat(quota.refusal(1, 1).limit()).isEqualTo(limit);
    }

    @Test
    void aRepeatedExchangeCountsOnceAndGetsTheFirstAnswer() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 100);
        long granted = exchange("a", 1, 7, demand(limit, 0, 10));
        assertThat(exchange("a", 1, 7, demand(limit, 0, 10))).isEqualTo(granted);
        assertThat(quota.used(limit)).isEqualTo(7);
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(exchange(restarted, "a", 1, 7, demand(limit, 0, 10))).isEqualTo(granted);
            assertThat(restarted.used(limit)).isEqualTo(7);
            exchange(restarted, "a", 2, 0, demand(limit, 0, 0));
            PlatformException late = catchThrowableOfType(
                    PlatformException.class, () -> exchange(restarted, "a", 1, 7, demand(limit, 0, 10)));
            assertThat(late.reason()).isEqualTo(AdmissionError.SLICES_OUTDATED);
        }
    }

    @Test
    void grantsAndUseSurviveARestart() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        assertThat(exchange("a", 1, 3, demand(limit, 0, 9))).isEqualTo(3);
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(restarted.used(limit)).isEqualTo(3);
            for (int request = 0; request < 4; request++) {
                restarted.admit(1, 1);
            }
            assertThat(restarted.refusal(1, 1).limit()).isEqualTo(limit);
            // Nobody speaks of the slice any more: it counts as used, until it leaves the window.
            time.advance(Duration.ofMillis(10_500));
            restarted.sweeper.sweep();
            assertThat(restarted.used(limit)).isEqualTo(10);
            time.advance(Duration.ofSeconds(61));
            assertThat(restarted.used(limit)).isZero();
        }
    }

    @Test
    void tokensThatWereHeldAndNotUsedAreGivenBack() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_MINUTE, 1_000);
        say(1, List.of(new SliceExchange.Use(caller(), 1, 800)), List.of());
        assertThat(quota.used(limit)).isEqualTo(800);
        time.advance(Duration.ofSeconds(20));
        say(2, List.of(), List.of(new SliceExchange.Return(1, caller(), 700)));
        assertThat(quota.used(limit)).isEqualTo(100);
        time.advance(Duration.ofSeconds(42));
        assertThat(quota.used(limit)).isZero();
    }

    @Test
    void tokensOfALongRequestAreGivenBackThoughItsGatewayWasSilentMeanwhile() {
        Limit limit = quota.limit(LimitKind.TOKENS_PER_MINUTE, 1_000);
        say(1, List.of(new SliceExchange.Use(caller(), 1, 800)), List.of());
        // Nothing to say for longer than slices last: the request runs.
        for (int second = 0; second < 30; second++) {
            time.advance(Duration.ofSeconds(1));
            quota.sweeper.sweep();
        }
        assertThat(quota.used(limit)).isEqualTo(800);
        say(2, List.of(), List.of(new SliceExchange.Return(1, caller(), 700)));
        assertThat(quota.used(limit)).isEqualTo(100);
        quota.admit(900, 0);
    }

    @Test
    void unitsThatComeBackWithACallAfterALaterExchangeFreeNothing() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        assertThat(exchange("a", 1, 0, demand(limit, 0, 5))).isEqualTo(5);
        var given = new GivenBack(run("a"), 1, Map.of(limit.limitId(), new GivenBack.OfLimit(2, 3, 0)));
        // It kept the other three, and was granted more since.
        long granted = exchange("a", 2, 0, demand(limit, 3, 9));
        assertThat(granted).isEqualTo(3);
        quota.admission.admit(quota.request(1, 1), given);
        for (int request = 1; request < 4; request++) {
            quota.admit(1, 1);
        }
        assertThat(quota.refusal(1, 1).limit()).isEqualTo(limit);
    }

    @Test
    void unitsThatComeBackWithACallAreThereForIt() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 2);
        assertThat(exchange("a", 1, 1, demand(limit, 0, 1))).isZero();
        quota.limits.update(quota.tenant, limit.limitId(), LimitChange.ofValue(3), QuotaUnderTest.ADMIN);
        assertThat(exchange("a", 2, 0, demand(limit, 0, 1))).isEqualTo(1);
        quota.admit(1, 1);
        assertThat(quota.refusal(1, 1).limit().limitId()).isEqualTo(limit.limitId());
        var given = new GivenBack(run("a"), 2, Map.of(limit.limitId(), new GivenBack.OfLimit(1, 0, 0)));
        assertThat(quota.admission.admit(quota.request(1, 1), given).decision()).isEqualTo(new Decision.Admitted(""));
    }

    @Test
    void aCalendarThatIsSetForwardAroundARestartForgetsNoUse() {
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        exchange("a", 1, 3, demand(limit, 0, 0));
        time.advance(Duration.ofSeconds(60));
        assertThat(quota.used(limit)).isEqualTo(3);
        time.setCalendar(time.wall.instant().plusMillis(1_500));
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(restarted.used(limit)).isEqualTo(3);
        }
    }

    @Test
    void slotsOfASilentGatewayComeBackAfterThreeSeconds() {
        Limit limit = quota.limit(LimitKind.CONCURRENT_REQUESTS, 8);
        var wanted = new SliceExchange.Demand(limit.limitId(), 0, 0, 9, 1);
        assertThat(exchange("a", 1, 0, wanted)).isEqualTo(4);
        var running = new SliceExchange.Demand(limit.limitId(), 4, 4, 0, 1);
        exchange("a", 2, 4, running);
        assertThat(quota.used(limit)).isEqualTo(4);
        time.advance(Duration.ofSeconds(3));
        quota.sweeper.sweep();
        assertThat(quota.used(limit)).isEqualTo(4);
        time.advance(Duration.ofMillis(1));
        quota.sweeper.sweep();
        assertThat(quota.used(limit)).isZero();
    }

    @Test
    void aSliceOfALimitThatIsGoneCountsNoMore() {
        Limit gone = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        exchange("a", 1, 0, demand(gone, 0, 9));
        quota.limits.delete(quota.tenant, gone.limitId(), QuotaUnderTest.ADMIN);
        Limit limit = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 2);
        assertThat(exchange("a", 2, 1, demand(gone, 4, 9))).isZero();
        assertThat(quota.used(limit)).isEqualTo(1);
        quota.admit(1, 1);
        assertThat(quota.refusal(1, 1).limit()).isEqualTo(limit);
    }

    private SliceExchange.Caller caller() {
        return new SliceExchange.Caller(quota.project, quota.key, QuotaUnderTest.MODEL);
    }

    /** One exchange that asks for nothing. */
    private void say(long sequence, List<SliceExchange.Use> uses, List<SliceExchange.Return> returns) {
        quota.slices.exchange(new SliceExchange(
                "gateway-1",
                run("a"),
                sequence,
                List.of(new SliceExchange.OfTenant(quota.tenant, uses, returns, List.of())),
                false));
    }

    private static SliceExchange.Demand demand(Limit limit, long kept, long wanted) {
        return new SliceExchange.Demand(limit.limitId(), kept, 0, wanted, 1);
    }

    private long exchange(String gateway, long sequence, long requests, SliceExchange.Demand demand) {
        return exchange(quota, gateway, sequence, requests, demand);
    }

    /** One exchange of a gateway about one limit; returns what is granted. */
    private long exchange(
            QuotaUnderTest asked, String gateway, long sequence, long requests, SliceExchange.Demand demand) {
        var caller = new SliceExchange.Caller(quota.project, quota.key, QuotaUnderTest.MODEL);
        var said = new SliceExchange.OfTenant(
                quota.tenant, List.of(new SliceExchange.Use(caller, requests, 0)), List.of(), List.of(demand));
        return asked
                .slices
                .exchange(new SliceExchange("gateway-" + gateway, run(gateway), sequence, List.of(said), false))
                .stream()
                .mapToLong(SliceExchange.Grant::granted)
                .sum();
    }

    private String run(String gateway) {
        return quota.tenant + gateway;
    }
}
