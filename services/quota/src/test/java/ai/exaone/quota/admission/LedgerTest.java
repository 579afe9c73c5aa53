package ai.exaone.quota.admission;

import static ai.exaone.quota.admission.QuotaUnderTest.GATEWAY;
import static ai.exaone.quota.admission.QuotaUnderTest.IDS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.price.Price;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.usage.UsageRecord;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The ledger's intake: each call once, at its price, and its hold counts for exactly that. */
@EveryEngine(migrated = "quota")
class LedgerTest {
    private final TestDatabase database;
    private final QuotaTime time = QuotaTime.started();

    @AutoClose
    private final QuotaUnderTest quota;

    LedgerTest(TestDatabase database) {
        this.database = database;
        quota = QuotaUnderTest.start(database.transactions(), time);
    }

    @Test
    void aGatewayThatNeverDrainedBeginsAtTheBeginning() {
        assertThat(quota.ledger.watermark(GATEWAY)).isEqualTo(SpoolPosition.BEGINNING);
    }

    @Test
    void aCallIsStoredWithWhatItCosts() {
        Price price = quota.price(10, 1, 30);
        String request = quota.admit(100, 100);
        assertThat(quota.drain(0, 500, quota.call(request, 8, 2))).isEqualTo(new SpoolPosition(0, 500));
        UsageRecord stored = quota.records.find(quota.tenant, request).orElseThrow();
        assertThat(stored).isEqualTo(quota.call(request, 8, 2).priced(price.priceId(), 140));
        assertThat(quota.records.find(IDS.next("tnt"), request)).isEmpty();
    }

    @Test
    void aCallSettlesItsHold() {
        quota.price(10, 10, 10);
        Limit slots = quota.limit(LimitKind.CONCURRENT_REQUESTS, 5);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        String request = quota.admit(100, 100);
        quota.drain(0, 500, quota.call(request, 8, 2));
        assertThat(quota.used(slots)).isZero();
        assertThat(quota.used(budget)).isEqualTo(100);
        assertThat(quota.settle(request, 50, 50)).isEqualTo(100);
        assertThat(quota.used(budget)).isEqualTo(100);
    }

    @Test
    void theLedgerHasTheLastWordOverASettlement() {
        quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        String request = quota.admit(100, 100);
        quota.settle(request, 9, 9);
        quota.drain(0, 500, quota.call(request, 8, 2));
        assertThat(quota.used(budget)).isEqualTo(100);
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(restarted.used(budget)).isEqualTo(100);
        }
    }

    @Test
    void theSameStretchIsStoredOnce() {
        quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        UsageRecord admitted = quota.call(quota.admit(100, 100), 8, 2);
        UsageRecord unknown = quota.call(IDS.next("req"), 8, 2);
        assertThat(quota.drain(0, 500, admitted, unknown)).isEqualTo(new SpoolPosition(0, 500));
        assertThat(quota.drain(0, 500, admitted, unknown)).isEqualTo(new SpoolPosition(0, 500));
        assertThat(quota.used(budget)).isEqualTo(200);
    }

    @Test
    void aStretchThatDoesNotBeginAtTheWatermarkIsNotStored() {
        UsageRecord call = quota.call(IDS.next("req"), 8, 2);
        assertThat(quota.drain(7, 500, call)).isEqualTo(SpoolPosition.BEGINNING);
        assertThat(quota.records.find(quota.tenant, call.requestId())).isEmpty();
    }

    @Test
    void anOverlappingStretchStoresOnlyWhatIsNew() {
        quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        UsageRecord first = quota.call(quota.admit(100, 100), 8, 2);
        UsageRecord second = quota.call(quota.admit(100, 100), 8, 2);
        quota.drain(0, 500, first);
        quota.drain(500, 900, first, second, second);
        assertThat(quota.used(budget)).isEqualTo(200);
        assertThat(quota.records.find(quota.tenant, second.requestId())).isPresent();
    }

    @Test
    void aStretchIsKnownAfterARestart() {
        quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        UsageRecord call = quota.call(quota.admit(100, 100), 8, 2);
        quota.drain(0, 500, call);
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(restarted.ledger.watermark(GATEWAY)).isEqualTo(new SpoolPosition(0, 500));
            assertThat(restarted.drain(0, 500, call)).isEqualTo(new SpoolPosition(0, 500));
            assertThat(restarted.drain(500, 600, call)).isEqualTo(new SpoolPosition(0, 600));
            assertThat(restarted.used(budget)).isEqualTo(100);
        }
    }

    @Test
    void aCallThatWasNeverAdmittedCountsAtThePriceOfItsMoment() {
        Price price = quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        UsageRecord call = quota.call(IDS.next("req"), 8, 2);
        time.advance(Duration.ofSeconds(5));
        quota.price(99, 99, 99);
        quota.drain(0, 500, call);
        assertThat(quota.used(budget)).isEqualTo(100);
        assertThat(quota.records
                        .find(quota.tenant, call.requestId())
                        .orElseThrow()
                        .priceId())
                .isEqualTo(price.priceId());
    }

    @Test
    void aRefusedCallIsStoredAndBillsNothing() {
        quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        String admitted = quota.admit(100, 100);
        quota.drain(
                0,
                500,
                quota.call(admitted, 8, 2, Outcome.REFUSED),
                quota.call(IDS.next("req"), 8, 2, Outcome.REFUSED));
        assertThat(quota.used(budget)).isZero();
        assertThat(quota.records.find(quota.tenant, admitted).orElseThrow().amountMicros())
                .isZero();
    }

    @Test
    void aHoldThatWasForgottenIsCorrectedAllTheSame() {
        quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_MONTH, 100_000);
        String request = quota.admit(100, 100);
        quota.settle(request, 50, 50);
        time.advance(Duration.ofHours(1));
        quota.sweeper.sweep();
        quota.drain(0, 500, quota.call(request, 8, 2));
        assertThat(quota.used(budget)).isEqualTo(100);
        assertThat(quota.settle(request, 50, 50)).isEqualTo(100);
    }

    @Test
    void aCallThatWasStoppedAndMadeAgainCostsWhatItCameToOnce() {
        quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        String admitted = quota.admit(100, 100);
        String unadmitted = IDS.next("req");
        quota.drain(
                0,
                500,
                quota.call(admitted, 3, 0, Outcome.INTERRUPTED),
                quota.call(unadmitted, 3, 0, Outcome.INTERRUPTED));
        assertThat(quota.used(budget)).isEqualTo(60);

        quota.drain(500, 900, quota.call(admitted, 8, 2), quota.call(unadmitted, 8, 2));

        assertThat(quota.used(budget)).isEqualTo(200);
        for (String request : List.of(admitted, unadmitted)) {
            UsageRecord stored = quota.records.find(quota.tenant, request).orElseThrow();
            assertThat(stored.result().outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(stored.amountMicros()).isEqualTo(100);
        }
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(restarted.used(budget)).isEqualTo(200);
        }
    }

    @Test
    void aCallThatIsMadeAgainOnAnotherDayCountsInFullOnThat() {
        quota.price(10, 10, 10);
        Limit day = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        Limit month = quota.limit(LimitKind.BUDGET_PER_MONTH, 100_000);
        String request = IDS.next("req");
        quota.drain(0, 500, quota.call(request, 3, 0, Outcome.INTERRUPTED));
        assertThat(quota.used(day)).isEqualTo(30);
        time.advance(Duration.ofDays(1));
        quota.drain(500, 900, quota.call(request, 8, 2));
        assertThat(quota.used(day)).isEqualTo(100);
        assertThat(quota.used(month)).isEqualTo(100);
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(restarted.used(day)).isEqualTo(100);
            assertThat(restarted.used(month)).isEqualTo(100);
        }
    }

    @Test
    void aCallThatWasAnsweredStaysWhatItIs() {
        quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        String request = quota.admit(100, 100);
        quota.drain(0, 500, quota.call(request, 8, 2));
        quota.drain(500, 900, quota.call(request, 3, 0, Outcome.INTERRUPTED), quota.call(request, 50, 50));
        assertThat(quota.used(budget)).isEqualTo(100);
        assertThat(quota.records
                        .find(quota.tenant, request)
                        .orElseThrow()
                        .result()
                        .outcome())
                .isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void theLastAnswerToACallThatWasMadeAgainIsTheOneThatCosts() {
        quota.price(10, 10, 10);
        Limit budget = quota.limit(LimitKind.BUDGET_PER_DAY, 100_000);
        String request = quota.admit(100, 100);
        UsageRecord first = quota.call(request, 8, 2);
        time.advance(Duration.ofSeconds(30));
        UsageRecord second = quota.call(request, 8, 7);

        quota.drain(0, 500, first);
        quota.drain(500, 900, second);
        assertThat(quota.used(budget)).isEqualTo(150);

        quota.drain(900, 1_300, first, second);
        assertThat(quota.used(budget)).isEqualTo(150);
        assertThat(quota.records.find(quota.tenant, request).orElseThrow().amountMicros())
                .isEqualTo(150);
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(restarted.used(budget)).isEqualTo(150);
        }
    }
}
