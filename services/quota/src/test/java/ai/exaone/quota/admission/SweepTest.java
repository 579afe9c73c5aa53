package ai.exaone.quota.admission;

import static ai.exaone.quota.admission.QuotaUnderTest.GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What gateways that are gone hold comes back: slots soon, money when it is known. */
@EveryEngine(migrated = "quota")
class SweepTest {
    private final TestDatabase database;
    private final QuotaTime time = QuotaTime.started();

    @AutoClose
    private final QuotaUnderTest quota;

    private final Limit slots;
    private final Limit budget;

    SweepTest(TestDatabase database) {
        this.database = database;
        quota = QuotaUnderTest.start(database.transactions(), time);
        quota.price(1, 1, 1);
        slots = quota.limit(LimitKind.CONCURRENT_REQUESTS, 1);
        budget = quota.limit(LimitKind.BUDGET_PER_MONTH, 1_000);
    }

    @Test
    void aSilentGatewaysSlotsComeBack() {
        quota.admit(50, 50);
        passes(Duration.ofSeconds(3));
        assertThat(quota.used(slots)).isEqualTo(1);
        passes(Duration.ofMillis(1));
        assertThat(quota.used(slots)).isZero();
        assertThat(quota.used(budget)).isEqualTo(100);
    }

    @Test
    void aGatewayThatIsHeardAgainHasItsSlotsBeforeItsNextRequest() {
        quota.admit(50, 50);
        passes(Duration.ofSeconds(10));
        assertThat(quota.refusal(1, 1).limit()).isEqualTo(slots);
    }

    @Test
    void aGatewayThatSpeaksKeepsItsSlots() {
        quota.admit(50, 50);
        for (int second = 0; second < 90; second++) {
            passes(Duration.ofSeconds(1));
            quota.ledger.watermark(GATEWAY);
        }
        assertThat(quota.used(slots)).isEqualTo(1);
        assertThat(quota.used(budget)).isEqualTo(100);
    }

    @Test
    void aLostGatewaysHoldsCountInFullAndAreCorrectedOnce() {
        String request = quota.admit(50, 50);
        passes(Duration.ofSeconds(61));
        assertThat(quota.used(budget)).isEqualTo(100);
        assertThat(quota.settle(request, 5, 5)).isEqualTo(10);
        assertThat(quota.used(budget)).isEqualTo(10);
        assertThat(quota.settle(request, 50, 50)).isEqualTo(10);
        quota.drain(0, 100, quota.call(request, 5, 5));
        assertThat(quota.used(budget)).isEqualTo(10);
    }

    @Test
    void aLostGatewaysSpoolCorrectsWhatCountedInFull() {
        String request = quota.admit(50, 50);
        passes(Duration.ofSeconds(61));
        stored();
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            assertThat(restarted.used(budget)).isEqualTo(100);
            restarted.drain(0, 100, quota.call(request, 5, 5));
            assertThat(restarted.used(budget)).isEqualTo(10);
            assertThat(restarted.settle(request, 50, 50)).isEqualTo(10);
        }
    }

    @Test
    void everyGatewayHasItsTimeAfterARestart() {
        quota.admit(50, 50);
        time.advance(Duration.ofMinutes(5));
        try (QuotaUnderTest restarted = quota.another(database.transactions())) {
            restarted.sweeper.sweep();
            assertThat(restarted.used(slots)).isEqualTo(1);
            time.advance(Duration.ofSeconds(4));
            restarted.sweeper.sweep();
            assertThat(restarted.used(slots)).isZero();
        }
    }

    @Test
    void aRequestThatIsOpenForTooLongCountsInFull() {
        quota.admit(50, 50);
        for (int minute = 0; minute <= 30; minute++) {
            quota.ledger.watermark(GATEWAY);
            passes(Duration.ofMinutes(1));
            quota.ledger.watermark(GATEWAY);
        }
        assertThat(quota.used(slots)).isZero();
        assertThat(quota.used(budget)).isEqualTo(100);
    }

    private void passes(Duration step) {
        time.advance(step);
        quota.sweeper.sweep();
    }

    /** Waits until the sweep's own writes are in the database: nobody waits for their answer. */
    private void stored() {
        Awaitility.await()
                .until(() -> database.transactions()
                        .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM hold WHERE state = 'SWEPT'")
                                .mapTo(Integer.class)
                                .one())
                        .equals(1));
    }
}
