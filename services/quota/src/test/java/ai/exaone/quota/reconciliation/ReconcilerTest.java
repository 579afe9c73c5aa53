package ai.exaone.quota.reconciliation;

import static ai.exaone.quota.admission.QuotaUnderTest.GATEWAY;
import static ai.exaone.quota.admission.QuotaUnderTest.IDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.quota.admission.QuotaTime;
import ai.exaone.quota.admission.QuotaUnderTest;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.quota.writer.WriterError;
import ai.exaone.rpc.ServiceName;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Differences put into the database by hand are found to the unit, and a day's sums are derived again while calls come in. */
@EveryEngine(migrated = "quota")
class ReconcilerTest {
    private final TestDatabase database;
    private final QuotaTime time = QuotaTime.started();

    @AutoClose
    private final QuotaUnderTest quota;

    private final MySqlReconciliationStore store;
    private final Reconciler reconciler;
    private final LocalDate today;
    private long drained;

    ReconcilerTest(TestDatabase database) {
        this.database = database;
        quota = QuotaUnderTest.start(database.transactions(), time);
        store = store(database);
        reconciler = reconciler(Turn.Bounds.DEFAULT);
        // Nobody told a zone: days are those of Asia/Seoul, where it is after midnight.
        today = LocalDate.of(2026, 3, 19);
        quota.price(10, 1, 30);
    }

    @Test
    void whatWasRecordedAgrees() {
        calls(20);
        Turn turn = reconciler.turn();
        // The latest days, and all days from the first to the last.
        assertThat(turn.calls()).isEqualTo(40);
        assertThat(turn.walked()).contains(time.wall.instant());
        assertThat(differences()).isEmpty();
        assertThat(reconciler.openDifferences()).isZero();
    }

    @Test
    void aCallThatTookAnothersPlaceAgrees() {
        String request = IDS.next("req");
        quota.drain(drained, ++drained, quota.call(request, 3, 0, Outcome.INTERRUPTED));
        time.advance(Duration.ofHours(2));
        quota.drain(drained, ++drained, quota.call(request, 8, 2));
        assertThat(reconciler.turn().calls()).isEqualTo(2);
        assertThat(differences()).isEmpty();
    }

    @Test
    void aCallOnAClosedStatementStaysWhatItIs() {
        String request = IDS.next("req");
        quota.drain(drained, ++drained, quota.call(request, 3, 0, Outcome.INTERRUPTED));
        execute(
                "INSERT INTO statement_closing SELECT tenant_id, statement_month, 'Asia/Seoul', recorded_at FROM usage_record");
        quota.drain(drained, ++drained, quota.call(request, 8, 2));
        assertThat(quota.records
                        .find(quota.tenant, request)
                        .orElseThrow()
                        .result()
                        .outcome())
                .isEqualTo(Outcome.INTERRUPTED);
        reconciler.turn();
        // The statement was closed by hand and has no lines; nothing else differs.
        assertThat(differences()).allMatch(difference -> difference.subject().kind() == DifferenceKind.STATEMENT);
    }

    @Test
    void oneUnitOfOneSumIsFoundAndPutRight() {
        calls(3);
        execute("UPDATE usage_sum SET amount_micros = amount_micros + 1 LIMIT 1");
        reconciler.turn();
        assertThat(differences()).singleElement().satisfies(difference -> {
            assertThat(difference.subject())
                    .isEqualTo(new Difference.Subject(
                            DifferenceKind.SUMS, quota.tenant, "", Instant.parse("2026-03-19T00:00:00Z")));
            assertThat(difference.finding()).isEqualTo(new Difference.Finding("amount_micros", 420, 421, 1));
        });
        assertThat(reconciler.openDifferences()).isEqualTo(1);
        assertThat(reconciler.rebuild(quota.tenant, today)).isEqualTo(1);
        assertThat(differences()).isEmpty();
        assertThat(reconciler.rebuild(quota.tenant, today)).isZero();
        assertThat(store.list(true, Optional.empty(), 10))
                .singleElement()
                .satisfies(difference -> assertThat(difference.resolved()).contains(time.wall.instant()));
    }

    @Test
    void oneUnitOfOneHourIsFoundAndPutRight() {
        calls(3);
        execute("UPDATE usage_hour_sum SET output_tokens = output_tokens - 1");
        reconciler.turn();
        assertThat(differences()).singleElement().satisfies(difference -> {
            assertThat(difference.subject())
                    .isEqualTo(new Difference.Subject(
                            DifferenceKind.HOURS, quota.tenant, "", Instant.parse("2026-03-19T00:00:00Z")));
            assertThat(difference.finding()).isEqualTo(new Difference.Finding("output_tokens", 6, 5, 1));
        });
        assertThat(reconciler.rebuild(quota.tenant, today)).isEqualTo(1);
        assertThat(differences()).isEmpty();
    }

    @Test
    void whatMakesUpForOneAnotherIsFoundAllTheSame() {
        calls(2);
        quota.drain(drained, ++drained, quota.call(IDS.next("req"), 8, 2, Outcome.INTERRUPTED));
        execute("UPDATE usage_sum SET requests = requests + 5 WHERE outcome = 'COMPLETED'");
        execute("UPDATE usage_sum SET requests = requests - 5 WHERE outcome = 'INTERRUPTED'");
        reconciler.turn();
        assertThat(differences())
                .singleElement()
                .satisfies(difference ->
                        assertThat(difference.finding()).isEqualTo(new Difference.Finding("requests", 3, 3, 10)));
    }

    @Test
    void aLostSumIsFound() {
        calls(2);
        execute("DELETE FROM usage_sum");
        reconciler.turn();
        assertThat(differences())
                .extracting(difference -> difference.finding().measure())
                .containsExactlyInAnyOrder("amount_micros", "requests", "input_tokens", "output_tokens");
        assertThat(reconciler.rebuild(quota.tenant, today)).isEqualTo(1);
        assertThat(differences()).isEmpty();
    }

    @Test
    void aLostCallIsFoundInTheSumsAndInItsSpoolsHour() {
        calls(2);
        execute("DELETE FROM usage_record LIMIT 1");
        reconciler.turn();
        assertThat(differences())
                .filteredOn(difference -> difference.subject().kind() == DifferenceKind.SPOOL)
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.subject().gatewayId()).isEqualTo(GATEWAY);
                    assertThat(difference.subject().period()).isEqualTo(Instant.parse("2026-03-18T15:00:00Z"));
                    assertThat(difference.finding()).isEqualTo(new Difference.Finding("requests", 1, 2, 1));
                });
        assertThat(differences())
                .filteredOn(difference -> difference.subject().kind() == DifferenceKind.SUMS)
                .hasSize(4);
    }

    @Test
    void allOfATenantsCallsLostAreFound() {
        calls(2);
        execute("DELETE FROM usage_record");
        reconciler.turn();
        assertThat(differences())
                .filteredOn(difference -> difference.finding().measure().equals("requests"))
                .extracting(difference -> difference.finding().ledger())
                .containsExactlyInAnyOrder(0L, 0L, 0L);
    }

    @Test
    void aWatermarkThatMovedWithoutCallsIsFound() {
        calls(2);
        execute("UPDATE drain_watermark SET position = position + 7");
        reconciler.turn();
        assertThat(differences()).singleElement().satisfies(difference -> {
            assertThat(difference.subject())
                    .isEqualTo(new Difference.Subject(DifferenceKind.WATERMARK, "", GATEWAY, Instant.EPOCH));
            assertThat(difference.finding()).isEqualTo(new Difference.Finding("offset", 2, 9, 7));
        });
        execute("UPDATE drain_watermark SET position = position - 7");
        reconciler.turn();
        assertThat(differences()).isEmpty();
    }

    @Test
    void boundedTurnsComeToEveryDayInTheEnd() {
        for (int day = 0; day < 40; day += 8) {
            calls(1);
            time.advance(Duration.ofDays(8));
        }
        execute("UPDATE usage_sum SET output_tokens = output_tokens + 3 ORDER BY usage_day LIMIT 1");
        Reconciler bounded = reconciler(new Turn.Bounds(1_000, 2));
        int turns = 0;
        while (store.turn().walked().isEmpty()) {
            assertThat(bounded.turn().days()).isLessThanOrEqualTo(4 + 14);
            assertThat(++turns).isLessThan(20);
        }
        assertThat(turns).isGreaterThan(2);
        assertThat(differences())
                .singleElement()
                .satisfies(difference ->
                        assertThat(difference.finding()).isEqualTo(new Difference.Finding("output_tokens", 2, 5, 3)));
    }

    @Test
    void aTurnIsTakenWhenItIsDueAndByTheActiveWriterOnly() {
        calls(1);
        reconciler.turnIfDue();
        Instant first = store.turn().ended();
        time.advance(Duration.ofMinutes(59));
        reconciler.turnIfDue();
        assertThat(store.turn().ended()).isEqualTo(first);
        time.advance(Duration.ofMinutes(1));
        reconciler.turnIfDue();
        assertThat(store.turn().ended()).isEqualTo(time.wall.instant());
        Instant second = store.turn().ended();
        time.advance(Duration.ofHours(2));
        execute("UPDATE usage_sum SET requests = requests + 1");
        try (QuotaUnderTest another = quota.another(database.transactions())) {
            // The process before learns of the other one by its first write.
            assertThatThrownBy(() -> reconciler.rebuild(quota.tenant, today))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(WriterError.QUOTA_UNAVAILABLE));
            reconciler.turnIfDue();
            assertThat(store.turn().ended()).isEqualTo(second);
            assertThat(another.generations.isActive()).isTrue();
        }
    }

    @Test
    void aDayIsDerivedAgainExactlyWhileCallsComeIn() throws Exception {
        calls(10);
        execute("UPDATE usage_sum SET amount_micros = 0, requests = requests + 100");
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var drains = threads.submit(() -> {
                for (int call = 0; call < 300; call++) {
                    calls(1);
                }
                done.set(true);
                return true;
            });
            int corrected = 0;
            while (!done.get() && !drains.isDone()) {
                corrected += reconciler.rebuild(quota.tenant, today);
            }
            drains.get();
            assertThat(corrected).isEqualTo(1);
        }
        assertThat(store.compare(quota.tenant, new ReconciliationStore.Days(today, today))
                        .missing()
                        .count())
                .isZero();
        reconciler.turn();
        assertThat(differences()).isEmpty();
    }

    private void calls(int count) {
        for (int call = 0; call < count; call++) {
            quota.drain(drained, ++drained, quota.call(IDS.next("req"), 8, 2));
        }
    }

    private List<Difference> differences() {
        return store.list(false, Optional.empty(), 100);
    }

    private void execute(String sql) {
        int changed = database.transactions().withHandle(handle -> handle.execute(sql));
        assertThat(changed).isPositive();
    }

    private Reconciler reconciler(Turn.Bounds bounds) {
        return new Reconciler(store, quota.generations, IDS, time.wall, Duration.ofHours(1), bounds);
    }

    private MySqlReconciliationStore store(TestDatabase database) {
        var transactions = database.transactions();
        return new MySqlReconciliationStore(
                transactions,
                new MySqlWriterEpoch(transactions, "reader"),
                new MySqlAuditOutbox(ServiceName.QUOTA, transactions, IDS, time.wall));
    }
}
