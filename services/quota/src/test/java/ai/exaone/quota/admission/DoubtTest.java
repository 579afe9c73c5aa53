package ai.exaone.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.usage.UsageRecord;
import ai.exaone.quota.writer.WriterError;
import ai.exaone.store.StoreError;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.Faults;
import ai.exaone.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Writes that fail before or after they are done, or take long: memory and database agree again afterwards. */
@EveryEngine(migrated = "quota")
class DoubtTest {
    private static final String WRITE = "write";
    private static final Supplier<PlatformException> OUTAGE =
            () -> new PlatformException(StoreError.STORE_UNAVAILABLE, "The database cannot be reached.");

    private final TestDatabase database;
    private final Faults faults = new Faults();

    @AutoClose
    private final QuotaUnderTest quota;

    private final Limit requests;
    private final Limit budget;

    DoubtTest(TestDatabase database) {
        this.database = database;
        quota = QuotaUnderTest.start(
                database.transactions(), QuotaTime.started(), store -> faults.around(JournalStore.class, store));
        quota.price(1, 1, 1);
        requests = quota.limit(LimitKind.REQUESTS_PER_MINUTE, 10);
        budget = quota.limit(LimitKind.BUDGET_PER_MONTH, 1_000);
    }

    @Test
    void anAdmissionThatWasNotStoredIsNotCounted() {
        faults.failBefore(WRITE, OUTAGE);
        assertUnavailable(() -> quota.admit(5, 5));
        recover();
        assertThat(quota.used(requests)).isZero();
        quota.admit(5, 5);
        assertThat(quota.used(requests)).isEqualTo(1);
    }

    @Test
    void anAdmissionThatWasStoredUnbeknownstIsCountedAndTheRepeatedOneIsTheSame() {
        AdmissionRequest request = quota.request(5, 5);
        faults.failAfter(WRITE, OUTAGE);
        assertUnavailable(() -> quota.admission.admit(request));
        recover();
        assertThat(quota.used(requests)).isEqualTo(1);
        assertThat(quota.admission.admit(request).decision()).isInstanceOf(Decision.Admitted.class);
        assertThat(quota.used(requests)).isEqualTo(1);
        assertThat(quota.used(budget)).isEqualTo(10);
    }

    @Test
    void aSettlementInDoubtIsRepeatedAndCountsOnce() {
        String lost = quota.admit(5, 5);
        String stored = quota.admit(5, 5);
        faults.failBefore(WRITE, OUTAGE);
        assertUnavailable(() -> quota.settle(lost, 1, 1));
        recover();
        assertThat(quota.used(budget)).isEqualTo(20);
        faults.failAfter(WRITE, OUTAGE);
        assertUnavailable(() -> quota.settle(stored, 1, 1));
        recover();
        assertThat(quota.settle(lost, 1, 1)).isEqualTo(2);
        assertThat(quota.settle(stored, 1, 1)).isEqualTo(2);
        assertThat(quota.used(budget)).isEqualTo(4);
    }

    @Test
    void aDrainInDoubtIsRepeatedAndCountsOnce() {
        UsageRecord first = quota.call(quota.admit(5, 5), 1, 1);
        UsageRecord second = quota.call(QuotaUnderTest.IDS.next("req"), 1, 1);
        faults.failBefore(WRITE, OUTAGE);
        assertUnavailable(() -> quota.drain(0, 100, first, second));
        recover();
        assertThat(quota.ledger.watermark(QuotaUnderTest.GATEWAY)).isEqualTo(SpoolPosition.BEGINNING);
        faults.failAfter(WRITE, OUTAGE);
        assertUnavailable(() -> quota.drain(0, 100, first, second));
        recover();
        assertThat(quota.drain(0, 100, first, second)).isEqualTo(new SpoolPosition(0, 100));
        assertThat(quota.used(budget)).isEqualTo(4);
    }

    @Test
    void whatWaitsBehindAFailedWriteFailsWithIt() throws Exception {
        Faults.Gate gate = faults.hold(WRITE);
        var first = CompletableFuture.runAsync(() -> quota.admit(1, 1));
        gate.awaitArrival();
        var second = CompletableFuture.runAsync(() -> quota.admit(1, 1));
        Awaitility.await().until(() -> quota.used(requests) == 2);
        try (QuotaUnderTest another = quota.another(database.transactions())) {
            gate.open();
            assertThatThrownBy(first::join).hasCauseInstanceOf(PlatformException.class);
            assertThatThrownBy(second::join).hasCauseInstanceOf(PlatformException.class);
            assertThat(another.used(requests)).isZero();
        }
    }

    private void recover() {
        Awaitility.await().until(() -> !quota.generations.isActive());
        quota.sweeper.sweep();
    }

    private static void assertUnavailable(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(WriterError.QUOTA_UNAVAILABLE));
    }
}
