package ai.exaone.agents.run;

import ai.exaone.errors.PlatformException;
import ai.exaone.store.StoredTime;
import ai.exaone.store.Transactions;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The journal in MySQL or MariaDB. Thread-safe. */
public final class MySqlJournal implements Journal {
    private final Transactions transactions;
    private final Clock clock;

    public MySqlJournal(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public List<JournalEntry> read(Run run) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT sequence, event, created_at
                          FROM run_event
                         WHERE tenant_id = :tenant AND run_id = :run
                         ORDER BY sequence
                        """)
                .bind("tenant", run.scope().tenantId())
                .bind("run", run.id().value())
                .map(MySqlRunRows::entry)
                .list());
    }

    @Override
    public JournalEntry append(Run run, long epoch, RunState before, RunEvent event) {
        var entry = new JournalEntry(before.sequence() + 1, StoredTime.of(clock.instant()), event);
        RunState after = before.after(event);
        return transactions.inTransaction(handle -> {
            if (advance(handle, run, epoch, after, entry) == 0) {
                throw new PlatformException(RunError.RUN_LEASE_LOST, "Another worker has run " + run.id() + " now.");
            }
            insertEvent(handle, run, entry);
            return entry;
        });
    }

    private static int advance(Handle handle, Run run, long epoch, RunState after, JournalEntry entry) {
        boolean ends = after.ending().isPresent();
        var update = handle.createUpdate("""
                        UPDATE run
                           SET phase = :phase, last_sequence = :sequence, steps = :steps, input_tokens = :input,
                               output_tokens = :output, ending = :ending, ended_at = :endedAt, lease_epoch = :lease
                         WHERE tenant_id = :tenant AND run_id = :run AND lease_epoch = :epoch AND last_sequence = :before
                        """)
                .bind("tenant", run.scope().tenantId())
                .bind("run", run.id().value())
                .bind("epoch", epoch)
                .bind("before", entry.sequence() - 1)
                .bind("phase", MySqlRunRows.phase(entry.event()).name())
                .bind("sequence", entry.sequence())
                .bind("steps", after.steps())
                .bind("input", after.inputTokens())
                .bind("output", after.outputTokens());
        if (ends) {
            update.bind("ending", RunEventMessages.toJson(entry.event()))
                    .bind("endedAt", entry.time())
                    .bindNull("lease", Types.BIGINT);
        } else {
            update.bindNull("ending", Types.VARCHAR)
                    .bindNull("endedAt", Types.TIMESTAMP)
                    .bind("lease", epoch);
        }
        return update.execute();
    }

    static void insertEvent(Handle handle, Run run, JournalEntry entry) {
        handle.createUpdate("""
                        INSERT INTO run_event (tenant_id, run_id, sequence, event, created_at)
                        VALUES (:tenant, :run, :sequence, :event, :now)
                        """)
                .bind("tenant", run.scope().tenantId())
                .bind("run", run.id().value())
                .bind("sequence", entry.sequence())
                .bind("event", RunEventMessages.toJson(entry.event()))
                .bind("now", entry.time())
                .execute();
    }
}
