package ai.exaone.quota.reconciliation;

import ai.exaone.audit.Act;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.quota.usage.MySqlPruning;
import ai.exaone.quota.usage.MySqlUsageSums;
import ai.exaone.quota.usage.SumKey;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link ReconciliationStore} on MySQL and MariaDB. */
public final class MySqlReconciliationStore implements ReconciliationStore {
    private static final String SELECT = """
            SELECT difference_id, kind, tenant_id, gateway_id, period_start, measure, ledger_value, derived_value, units,
                   first_seen_at, last_seen_at, resolved_at
              FROM ledger_difference
            """;

    private final Transactions transactions;
    private final MySqlWriterEpoch writerEpoch;
    private final MySqlAuditOutbox audit;

    public MySqlReconciliationStore(Transactions transactions, MySqlWriterEpoch writerEpoch, MySqlAuditOutbox audit) {
        this.transactions = transactions;
        this.writerEpoch = writerEpoch;
        this.audit = audit;
    }

    @Override
    public List<String> tenants(String after, int limit) {
        return transactions.withHandle(handle -> {
            var tenants = new TreeSet<String>();
            for (String table : List.of("usage_record", "usage_sum")) {
                Optional<String> next = tenantAfter(handle, table, after);
                for (int found = 0; found < limit && next.isPresent(); found++) {
                    tenants.add(next.get());
                    next = tenantAfter(handle, table, next.get());
                }
            }
            return tenants.stream().limit(limit).toList();
        });
    }

    /** A step along an index. To ask for all distinct ones at once would read all of it where the table lies in partitions. */
    private static Optional<String> tenantAfter(Handle handle, String table, String tenantId) {
        return handle.createQuery("SELECT MIN(tenant_id) AS tenant_id FROM " + table + " WHERE tenant_id > :tenant")
                .bind("tenant", tenantId)
                .map((row, context) -> Optional.ofNullable(row.getString("tenant_id")))
                .one();
    }

    @Override
    public LocalDate completeFrom() {
        return transactions.withHandle(MySqlPruning::completeFrom);
    }

    @Override
    public Optional<Days> days(String tenantId) {
        return transactions.withHandle(handle -> {
            // A moment is of the day before, the same or the next, in whatever zone.
            Stream<LocalDate> ledger = ends(handle, "started_at", "usage_record", tenantId).stream()
                    .flatMap(day -> Stream.of(day.minusDays(1), day.plusDays(1)));
            List<LocalDate> days = Stream.concat(ledger, ends(handle, "usage_day", "usage_sum", tenantId).stream())
                    .sorted()
                    .toList();
            LocalDate complete = MySqlPruning.completeFrom(handle);
            if (days.isEmpty() || days.getLast().isBefore(complete)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Days(days.getFirst().isBefore(complete) ? complete : days.getFirst(), days.getLast()));
        });
    }

    private static List<LocalDate> ends(Handle handle, String column, String table, String tenantId) {
        return handle.createQuery("SELECT CAST(MIN(" + column + ") AS DATE) AS first_day, CAST(MAX(" + column
                        + ") AS DATE) AS last_day FROM " + table
                        + " WHERE tenant_id = :tenant")
                .bind("tenant", tenantId)
                .map((row, context) -> Stream.of(
                                Optional.ofNullable(row.getObject("first_day", LocalDate.class)),
                                Optional.ofNullable(row.getObject("last_day", LocalDate.class)))
                        .flatMap(Optional::stream)
                        .toList())
                .one();
    }

    @Override
    public ComparedSums compare(String tenantId, Days days) {
        return transactions.inSnapshot(handle -> new ComparedSums(
                comparison(handle, MySqlUsageSums.BY_DAY, tenantId, days),
                comparison(handle, MySqlUsageSums.BY_HOUR, tenantId, days)));
    }

    private static <K extends Comparable<K>> Comparison<K> comparison(
            Handle handle, MySqlUsageSums<K> sums, String tenantId, Days days) {
        return new Comparison<>(
                sums.ledger(handle, tenantId, days.first(), days.last()),
                sums.derived(handle, tenantId, days.first(), days.last()));
    }

    @Override
    public Comparison<SumKey> statements(String tenantId) {
        return transactions.inSnapshot(handle -> new Comparison<>(
                MySqlComparedStatements.sums(handle, tenantId), MySqlComparedStatements.statements(handle, tenantId)));
    }

    @Override
    public Map<Difference.Subject, List<Difference.Finding>> spools(Instant since) {
        return transactions.inSnapshot(handle -> MySqlComparedSpools.hours(handle, since));
    }

    @Override
    public Map<Difference.Subject, List<Difference.Finding>> watermarks() {
        return transactions.inSnapshot(MySqlComparedSpools::watermarks);
    }

    @Override
    public List<Difference> open(DifferenceKind kind, String tenantId) {
        return transactions.withHandle(handle -> handle.createQuery(
                        SELECT + " WHERE kind = :kind AND tenant_id = :tenant AND resolved_at IS NULL")
                .bind("kind", kind.name())
                .bind("tenant", tenantId)
                .map(MySqlReconciliationStore::difference)
                .list());
    }

    @Override
    public List<Difference> list(boolean resolvedToo, Optional<String> after, int limit) {
        return transactions.withHandle(handle -> handle.createQuery(SELECT + """
                         WHERE (:resolvedToo OR resolved_at IS NULL)
                           AND (:after = '' OR difference_id < :after)
                         ORDER BY difference_id DESC
                         LIMIT :limit
                        """)
                .bind("resolvedToo", resolvedToo)
                .bind("after", after.orElse(""))
                .bind("limit", limit)
                .map(MySqlReconciliationStore::difference)
                .list());
    }

    @Override
    public long countOpen() {
        return transactions.withHandle(
                handle -> handle.createQuery("SELECT COUNT(*) FROM ledger_difference WHERE resolved_at IS NULL")
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public void found(long epoch, List<Difference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        transactions.useTransaction(handle -> {
            writerEpoch.require(handle, epoch);
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO ledger_difference (difference_id, kind, tenant_id, gateway_id, period_start, measure,
                                                   ledger_value, derived_value, units, first_seen_at, last_seen_at, resolved_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
                    ON DUPLICATE KEY UPDATE
                        ledger_value = VALUES(ledger_value), derived_value = VALUES(derived_value), units = VALUES(units),
                        last_seen_at = VALUES(last_seen_at), resolved_at = NULL
                    """);
            for (Difference difference : differences) {
                Difference.Subject subject = difference.subject();
                Difference.Finding finding = difference.finding();
                batch.add(
                        difference.differenceId(),
                        subject.kind().name(),
                        subject.tenantId(),
                        subject.gatewayId(),
                        subject.period(),
                        finding.measure(),
                        finding.ledger(),
                        finding.derived(),
                        finding.units(),
                        difference.firstSeen(),
                        difference.lastSeen());
            }
            batch.execute();
        });
    }

    @Override
    public void resolved(long epoch, List<Difference> differences, Instant at) {
        if (differences.isEmpty()) {
            return;
        }
        transactions.useTransaction(handle -> {
            writerEpoch.require(handle, epoch);
            PreparedBatch batch =
                    handle.prepareBatch("UPDATE ledger_difference SET resolved_at = ? WHERE difference_id = ?");
            differences.forEach(difference -> batch.add(at, difference.differenceId()));
            batch.execute();
        });
    }

    @Override
    public void correct(long epoch, String tenantId, LocalDate day, ComparedSums.Missing missing, Act act) {
        transactions.useTransaction(handle -> {
            writerEpoch.require(handle, epoch);
            MySqlUsageSums.BY_DAY.add(handle, missing.days());
            MySqlUsageSums.BY_DAY.removeEmpty(handle, tenantId, day);
            MySqlUsageSums.BY_HOUR.add(handle, missing.hours());
            MySqlUsageSums.BY_HOUR.removeEmpty(handle, tenantId, day);
            audit.record(handle, act);
        });
    }

    @Override
    public Turn turn() {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT turned_at, compared_days, compared_calls, recent_after, walk_tenant, walk_day, walked_at
                          FROM reconciliation
                         WHERE name = 'ledger'
                        """)
                .map((row, context) -> new Turn(
                        row.getTimestamp("turned_at").toInstant(),
                        row.getLong("compared_days"),
                        row.getLong("compared_calls"),
                        row.getString("recent_after"),
                        row.getString("walk_tenant"),
                        Optional.ofNullable(row.getObject("walk_day", LocalDate.class)),
                        Optional.ofNullable(row.getTimestamp("walked_at")).map(Timestamp::toInstant)))
                .findOne()
                .orElse(Turn.NONE));
    }

    @Override
    public void ended(long epoch, Turn turn) {
        transactions.useTransaction(handle -> {
            writerEpoch.require(handle, epoch);
            handle.createUpdate("""
                            REPLACE INTO reconciliation (name, turned_at, compared_days, compared_calls, recent_after,
                                                         walk_tenant, walk_day, walked_at)
                            VALUES ('ledger', :ended, :days, :calls, :recentAfter, :walkTenant, :walkDay, :walked)
                            """)
                    .bind("ended", turn.ended())
                    .bind("days", turn.days())
                    .bind("calls", turn.calls())
                    .bind("recentAfter", turn.recentAfter())
                    .bind("walkTenant", turn.walkTenant())
                    .bind("walkDay", turn.walkDay().orElse(null))
                    .bind("walked", turn.walked().orElse(null))
                    .execute();
        });
    }

    private static Difference difference(ResultSet row, StatementContext context) throws SQLException {
        return new Difference(
                row.getString("difference_id"),
                new Difference.Subject(
                        DifferenceKind.valueOf(row.getString("kind")),
                        row.getString("tenant_id"),
                        row.getString("gateway_id"),
                        row.getTimestamp("period_start").toInstant()),
                new Difference.Finding(
                        row.getString("measure"),
                        row.getLong("ledger_value"),
                        row.getLong("derived_value"),
                        row.getLong("units")),
                row.getTimestamp("first_seen_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("resolved_at")).map(Timestamp::toInstant));
    }
}
