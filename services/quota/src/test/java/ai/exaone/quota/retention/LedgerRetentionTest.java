package ai.exaone.quota.retention;

import static ai.exaone.quota.admission.QuotaUnderTest.IDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.quota.admission.QuotaTime;
import ai.exaone.quota.admission.QuotaUnderTest;
import ai.exaone.quota.reconciliation.MySqlReconciliationStore;
import ai.exaone.quota.reconciliation.Reconciler;
import ai.exaone.quota.reconciliation.ReconciliationError;
import ai.exaone.quota.reconciliation.Turn;
import ai.exaone.quota.usage.Dimension;
import ai.exaone.quota.usage.Interval;
import ai.exaone.quota.usage.MySqlSumSource;
import ai.exaone.quota.usage.Outcome;
import ai.exaone.quota.usage.SumQuestion;
import ai.exaone.quota.usage.UsageReport;
import ai.exaone.quota.usage.UsageReports;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.rpc.ServiceName;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Weeks of a real ledger: made ahead of time, removed when they are over, and nothing of them counted twice or forgotten. */
@EveryEngine(migrated = "quota")
class LedgerRetentionTest {
    private static final Duration RETENTION = Duration.ofDays(100);

    private final TestDatabase database;
    /** Where the migration ends making weeks, whenever this runs. */
    private final QuotaTime time = new QuotaTime(Instant.now());

    private final IdGenerator requests = new IdGenerator(time.wall, new SecureRandom());

    @AutoClose
    private final QuotaUnderTest quota;

    private final MySqlRetentionStore store;
    private final LedgerRetention retention;
    private final MySqlReconciliationStore reconciliation;
    private final Reconciler reconciler;
    private long drained;

    LedgerRetentionTest(TestDatabase database) {
        this.database = database;
        quota = QuotaUnderTest.start(database.transactions(), time);
        var epoch = new MySqlWriterEpoch(database.transactions(), "reader");
        store = new MySqlRetentionStore(database.transactions(), epoch);
        retention = new LedgerRetention(store, quota.generations, time.wall, RETENTION);
        reconciliation = new MySqlReconciliationStore(
                database.transactions(),
                epoch,
                new MySqlAuditOutbox(ServiceName.QUOTA, database.transactions(), IDS, time.wall));
        reconciler = new Reconciler(
                reconciliation, quota.generations, IDS, time.wall, Duration.ofHours(1), Turn.Bounds.DEFAULT);
    }

    @BeforeEach
    void turnTheCalendarTo() {
        // Other tests of this class may have made and removed weeks.
        time.setCalendar(store.weeks()
                .getFirst()
                .monday()
                .atStartOfDay(ZoneId.of("UTC"))
                .toInstant()
                .plus(Duration.ofHours(60)));
        quota.price(10, 1, 30);
    }

    @Test
    void weeksAreMadeAheadOfTimeAndFollowOneAnother() {
        time.advance(Duration.ofDays(400));
        retention.turn();
        List<Week> weeks = store.weeks();
        assertThat(weeks.getLast().end()).isAfter(today().plusWeeks(8));
        for (int week = 1; week < weeks.size(); week++) {
            assertThat(weeks.get(week)).isEqualTo(weeks.get(week - 1).next());
        }
        retention.turn();
        assertThat(store.weeks()).isEqualTo(weeks);
    }

    @Test
    void aWeekThatIsOverGoesAndItsSumsStay() {
        String old = drain(8, 2);
        LocalDate oldDay = today();
        Week oldWeek = Week.of(oldDay);
        time.advance(Duration.ofDays(70));
        String kept = drain(5, 1);
        var before = all();
        time.advance(Duration.ofDays(45));
        prune();
        assertThat(store.weeks()).doesNotContain(oldWeek);
        assertThat(quota.records.find(quota.tenant, old)).isEmpty();
        assertThat(quota.records.find(quota.tenant, kept)).isPresent();
        assertThat(all()).isEqualTo(before);
        assertThat(reconciler.turn().calls()).isEqualTo(1);
        assertThat(reconciliation.list(false, Optional.empty(), 10)).isEmpty();
        assertThatThrownBy(() -> reconciler.rebuild(quota.tenant, oldDay))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ReconciliationError.LEDGER_DAY_PRUNED));
    }

    @Test
    void aCallWhoseRowIsGoneIsNotCountedAgain() {
        String old = drain(8, 2);
        String other = requests.next("req");
        var before = all();
        time.advance(Duration.ofDays(120));
        prune();
        quota.drain(drained, ++drained, quota.call(old, 8, 2), quota.call(other, 8, 2));
        assertThat(all()).isEqualTo(before);
        assertThat(rows()).isZero();
        reconciler.turn();
        assertThat(reconciliation.list(false, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void aRequestIsOneWhateverWeekItsCallBeganIn() {
        String request = requests.next("req");
        quota.drain(drained, ++drained, quota.call(request, 3, 0, Outcome.INTERRUPTED));
        time.advance(Duration.ofDays(16));
        quota.drain(drained, ++drained, quota.call(request, 8, 2));
        quota.drain(drained, ++drained, quota.call(request, 8, 2));
        assertThat(rows()).isEqualTo(1);
        assertThat(all().total().requests()).isEqualTo(1);
        reconciler.turn();
        assertThat(reconciliation.list(false, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void callsThatAreYoungerThanTheirIdsKeepTheirWeek() {
        String request = requests.next("req");
        time.advance(Duration.ofDays(90));
        quota.drain(drained, ++drained, quota.call(request, 8, 2));
        time.advance(Duration.ofDays(60));
        prune();
        assertThat(rows()).isEqualTo(1);
        time.advance(Duration.ofDays(60));
        prune();
        assertThat(rows()).isZero();
    }

    @Test
    void daysWhoseSumsDifferAreKept() {
        drain(8, 2);
        execute("UPDATE usage_sum SET requests = requests + 1");
        reconciler.turn();
        time.advance(Duration.ofDays(120));
        prune();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void anIdOfNoTimeIsRecordedOnceToo() {
        String request = "req_7zzzzzzzzz0000000000000000";
        quota.drain(drained, ++drained, quota.call(request, 8, 2));
        quota.drain(drained, ++drained, quota.call(request, 8, 2));
        assertThat(rows()).isEqualTo(1);
        execute("DELETE FROM usage_record");
    }

    /** Both steps. */
    private void prune() {
        retention.turn();
        time.advance(Duration.ofMinutes(11));
        retention.turn();
    }

    private String drain(long input, long output) {
        String request = requests.next("req");
        quota.drain(drained, ++drained, quota.call(request, input, output));
        return request;
    }

    private UsageReport all() {
        return new UsageReports(quota.records, new MySqlSumSource(database.transactions()), tenant -> QuotaTime.ZONE)
                .sum(
                        quota.tenant,
                        new SumQuestion(
                                time.wall.instant().minus(Duration.ofDays(399)),
                                time.wall.instant().plus(Duration.ofDays(1)),
                                "",
                                "",
                                "",
                                Dimension.MODEL,
                                Interval.NONE));
    }

    private long rows() {
        return database.transactions()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM usage_record")
                        .mapTo(Long.class)
                        .one());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(time.wall.instant(), ZoneId.of("UTC"));
    }

    private void execute(String sql) {
        assertThat((int) database.transactions().withHandle(handle -> handle.execute(sql)))
                .isPositive();
    }
}
