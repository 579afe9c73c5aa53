package ai.exaone.agents.run;

import ai.exaone.store.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Leases in MySQL or MariaDB. Thread-safe. */
public final class MySqlLeaseStore implements LeaseStore {
    private final Transactions transactions;

    public MySqlLeaseStore(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long register(String workerName) {
        forgetEnded();
        return transactions.inTransaction(handle -> handle.createUpdate("""
                        INSERT INTO worker (name, started_at, seen_at)
                        VALUES (:name, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
                        """)
                .bind("name", workerName)
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one());
    }

    @Override
    public boolean heartbeat(long epoch) {
        return transactions.withHandle(
                        handle -> handle.createUpdate("""
                                UPDATE worker
                                   SET seen_at = UTC_TIMESTAMP(6)
                                 WHERE epoch = :epoch AND ended_at IS NULL
                                """).bind("epoch", epoch).execute())
                == 1;
    }

    @Override
    public List<Long> expire(Duration silence) {
        return transactions.inTransaction(handle -> {
            List<Long> dead = handle.createQuery("""
                            SELECT epoch
                              FROM worker
                             WHERE ended_at IS NULL
                               AND seen_at < UTC_TIMESTAMP(6) - INTERVAL :micros MICROSECOND
                             ORDER BY epoch
                               FOR UPDATE SKIP LOCKED
                            """)
                    .bind("micros", silence.toNanos() / 1_000)
                    .mapTo(Long.class)
                    .list();
            dead.forEach(epoch -> end(handle, epoch));
            return dead;
        });
    }

    @Override
    public List<Run> claim(long epoch, int limit) {
        return transactions.inTransaction(handle -> {
            if (!alive(handle, epoch)) {
                return List.of();
            }
            List<Run> waiting = handle.createQuery("SELECT " + MySqlRunRows.COLUMNS + """
                              FROM run
                             WHERE lease_epoch = 0
                             ORDER BY created_at
                             LIMIT :limit
                               FOR UPDATE SKIP LOCKED
                            """)
                    .bind("limit", limit)
                    .map(MySqlRunRows::run)
                    .list();
            waiting.forEach(run -> lease(handle, epoch, run));
            return waiting;
        });
    }

    @Override
    public void release(long epoch, Run run) {
        transactions.withHandle(handle -> handle.createUpdate("""
                        UPDATE run
                           SET lease_epoch = 0, phase = 'QUEUED'
                         WHERE tenant_id = :tenant AND run_id = :run AND lease_epoch = :epoch
                        """)
                .bind("tenant", run.scope().tenantId())
                .bind("run", run.id().value())
                .bind("epoch", epoch)
                .execute());
    }

    @Override
    public void end(long epoch) {
        transactions.useTransaction(handle -> end(handle, epoch));
    }

    @Override
    public Map<RunId, String> cancellations(long epoch) {
        return transactions.withHandle(handle -> handle
                .createQuery("""
                        SELECT run_id, cancelled_by
                          FROM run
                         WHERE lease_epoch = :epoch AND cancelled_by IS NOT NULL
                        """)
                .bind("epoch", epoch)
                .map((row, context) -> Map.entry(new RunId(row.getString("run_id")), row.getString("cancelled_by")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Rows of workers that ended days ago say nothing any more. */
    private void forgetEnded() {
        transactions.withHandle(
                handle -> handle.execute("DELETE FROM worker WHERE ended_at < UTC_TIMESTAMP(6) - INTERVAL 7 DAY"));
    }

    /** Keeps the worker's row locked in shared mode until the claim is committed: it cannot be declared dead in between. */
    private static boolean alive(Handle handle, long epoch) {
        return handle.createQuery(
                        "SELECT epoch FROM worker WHERE epoch = :epoch AND ended_at IS NULL LOCK IN SHARE MODE")
                .bind("epoch", epoch)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    private static void lease(Handle handle, long epoch, Run run) {
        handle.createUpdate("""
                        UPDATE run
                           SET lease_epoch = :epoch, phase = 'RUNNING'
                         WHERE tenant_id = :tenant AND run_id = :run
                        """)
                .bind("epoch", epoch)
                .bind("tenant", run.scope().tenantId())
                .bind("run", run.id().value())
                .execute();
    }

    private static void end(Handle handle, long epoch) {
        handle.createUpdate("UPDATE worker SET ended_at = UTC_TIMESTAMP(6) WHERE epoch = :epoch AND ended_at IS NULL")
                .bind("epoch", epoch)
                .execute();
        handle.createUpdate("UPDATE run SET lease_epoch = 0, phase = 'QUEUED' WHERE lease_epoch = :epoch")
                .bind("epoch", epoch)
                .execute();
    }
}
