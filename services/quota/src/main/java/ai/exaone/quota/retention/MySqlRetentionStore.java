package ai.exaone.quota.retention;

import ai.exaone.quota.usage.RequestDay;
import ai.exaone.quota.writer.MySqlWriterEpoch;
import ai.exaone.store.Transactions;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** {@link RetentionStore} on MySQL and MariaDB: a week is a partition of the ledger's table. */
public final class MySqlRetentionStore implements RetentionStore {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'w'yyyyMMdd");
    private static final String REST = "later";
    /** Changing the table waits for who reads it, and who writes waits for that: so not for long. It is tried again. */
    private static final int WAIT_SECONDS = 3;

    private final Transactions transactions;
    private final MySqlWriterEpoch writerEpoch;

    public MySqlRetentionStore(Transactions transactions, MySqlWriterEpoch writerEpoch) {
        this.transactions = transactions;
        this.writerEpoch = writerEpoch;
    }

    @Override
    public List<Week> weeks() {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT partition_name AS name
                          FROM information_schema.partitions
                         WHERE table_schema = DATABASE() AND table_name = 'usage_record' AND partition_name <> :rest
                         ORDER BY partition_ordinal_position
                        """)
                .bind("rest", REST)
                .map((row, context) -> new Week(LocalDate.parse(row.getString("name"), NAME)))
                .list());
    }

    @Override
    public void add(List<Week> weeks) {
        String added = weeks.stream()
                .map(week -> "PARTITION %s VALUES LESS THAN (%d)".formatted(name(week), RequestDay.of(week.end())))
                .collect(Collectors.joining(", "));
        change("ALTER TABLE usage_record REORGANIZE PARTITION " + REST + " INTO (" + added + ", PARTITION " + REST
                + " VALUES LESS THAN MAXVALUE)");
    }

    @Override
    public void drop(Week week) {
        change("ALTER TABLE usage_record DROP PARTITION " + name(week));
    }

    @Override
    public Optional<Newest> newest(Week week) {
        // Each reads an index of that week.
        return transactions.withHandle(handle -> newest(handle, week, "started_at", "tenant_id")
                .flatMap(started -> newest(handle, week, "recorded_at", "gateway_id")
                        .map(recorded -> new Newest(started, recorded))));
    }

    private static Optional<Instant> newest(Handle handle, Week week, String column, String group) {
        return handle.createQuery("SELECT MAX(newest) AS newest FROM (SELECT MAX(" + column
                        + ") AS newest FROM usage_record PARTITION (" + name(week) + ") GROUP BY " + group
                        + ") of_each")
                .map((row, context) -> Optional.ofNullable(row.getTimestamp("newest")))
                .one()
                .map(Timestamp::toInstant);
    }

    @Override
    public Optional<Mark> mark() {
        return transactions.withHandle(handle -> handle.createQuery(
                        "SELECT pruned_before, marked_at FROM ledger_pruning WHERE name = 'ledger'")
                .map((row, context) -> new Mark(
                        LocalDate.ofEpochDay(row.getInt("pruned_before")),
                        row.getTimestamp("marked_at").toInstant()))
                .findOne());
    }

    @Override
    public boolean areSumsInDoubt(LocalDate before) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT COUNT(*)
                          FROM ledger_difference
                         WHERE kind IN ('SUMS', 'HOURS') AND resolved_at IS NULL AND period_start < :before
                        """)
                        .bind("before", before)
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    @Override
    public void mark(long epoch, Mark mark) {
        transactions.useTransaction(handle -> {
            writerEpoch.requireAlone(handle, epoch);
            handle.createUpdate("""
                            INSERT INTO ledger_pruning (name, pruned_before, complete_from, marked_at)
                            VALUES ('ledger', :before, '1970-01-01', :at)
                            ON DUPLICATE KEY UPDATE
                                pruned_before = GREATEST(pruned_before, VALUES(pruned_before)), marked_at = VALUES(marked_at)
                            """)
                    .bind("before", RequestDay.of(mark.before()))
                    .bind("at", mark.at())
                    .execute();
        });
    }

    @Override
    public void prune(long epoch, LocalDate completeFrom) {
        transactions.useTransaction(handle -> {
            writerEpoch.require(handle, epoch);
            handle.createUpdate("""
                            UPDATE ledger_pruning
                               SET complete_from = GREATEST(complete_from, :complete)
                             WHERE name = 'ledger'
                            """).bind("complete", completeFrom).execute();
        });
    }

    private void change(String sql) {
        transactions.withHandle(handle -> {
            handle.execute("SET SESSION lock_wait_timeout = " + WAIT_SECONDS);
            try {
                return handle.execute(sql);
            } finally {
                handle.execute("SET SESSION lock_wait_timeout = DEFAULT");
            }
        });
    }

    private static String name(Week week) {
        return NAME.format(week.monday());
    }
}
