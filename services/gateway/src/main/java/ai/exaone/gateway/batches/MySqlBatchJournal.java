package ai.exaone.gateway.batches;

import ai.exaone.gateway.files.MySqlFileStore;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/**
 * The journal of batches in the gateway's own database. What models answered is encrypted under the installation's key. Leases live by
 * the database's clock, since those of gateways may differ.
 */
public final class MySqlBatchJournal implements BatchJournal {
    private static final int MICROS_PER_MILLI = 1_000;

    private final Supplier<Transactions> transactions;
    private final MySqlBatchRows rows;

    /**
     * @param transactions asked for at each use: what connects to the database is made at the first
     * @param key encrypts what callers wrote and were answered
     */
    public MySqlBatchJournal(Supplier<Transactions> transactions, MasterKey key) {
        this.transactions = transactions;
        this.rows = new MySqlBatchRows(key);
    }

    @Override
    public List<Lease> waiting(int most) {
        return transactions
                .get()
                .withHandle(handle -> handle.createQuery("""
                                SELECT batch_id, epoch FROM batch
                                 WHERE ended_at IS NULL AND resume_at <= UTC_TIMESTAMP(6) AND lease_until <= UTC_TIMESTAMP(6)
                                 ORDER BY resume_at
                                 LIMIT :most
                                """)
                        .bind("most", most)
                        .map((row, context) -> new Lease(row.getString("batch_id"), row.getLong("epoch")))
                        .list());
    }

    @Override
    public Optional<Lease> claim(Lease seen, String worker, Duration term) {
        int claimed = transactions
                .get()
                .withHandle(handle -> handle.createUpdate("""
                                UPDATE batch
                                   SET epoch = epoch + 1, worker = :worker,
                                       lease_until = UTC_TIMESTAMP(6) + INTERVAL :micros MICROSECOND
                                 WHERE batch_id = :id AND epoch = :epoch AND ended_at IS NULL
                                   AND lease_until <= UTC_TIMESTAMP(6)
                                """)
                        .bind("worker", worker)
                        .bind("micros", micros(term))
                        .bind("id", seen.batchId())
                        .bind("epoch", seen.epoch())
                        .execute());
        return claimed == 0 ? Optional.empty() : Optional.of(new Lease(seen.batchId(), seen.epoch() + 1));
    }

    @Override
    public Batch read(Lease lease) {
        return transactions
                .get()
                .withHandle(handle -> handle.createQuery("SELECT * FROM batch WHERE batch_id = :id AND epoch = :epoch")
                        .bind("id", lease.batchId())
                        .bind("epoch", lease.epoch())
                        .map(rows::batch)
                        .findOne())
                .orElseThrow(() -> new LeaseLostException(lease));
    }

    @Override
    public BatchStatus renew(Lease lease, Duration term) {
        return record(lease, List.of(), term);
    }

    @Override
    public void release(Lease lease, Duration pause) {
        transactions
                .get()
                .withHandle(handle -> handle.createUpdate("""
                                UPDATE batch
                                   SET lease_until = UTC_TIMESTAMP(6),
                                       resume_at = UTC_TIMESTAMP(6) + INTERVAL :micros MICROSECOND
                                 WHERE batch_id = :id AND epoch = :epoch
                                """)
                        .bind("micros", micros(pause))
                        .bind("id", lease.batchId())
                        .bind("epoch", lease.epoch())
                        .execute());
    }

    @Override
    public void removeLines(Lease lease) {
        transactions.get().useTransaction(handle -> {
            hold(handle, lease);
            handle.createUpdate("DELETE FROM batch_line WHERE batch_id = :id")
                    .bind("id", lease.batchId())
                    .execute();
        });
    }

    @Override
    public void addLines(Lease lease, List<BatchLine> lines) {
        transactions.get().useTransaction(handle -> {
            hold(handle, lease);
            PreparedBatch added = handle.prepareBatch("""
                    INSERT INTO batch_line (batch_id, line, position, length, attempt, failures)
                    VALUES (?, ?, ?, ?, 0, 0)
                    """);
            lines.forEach(line -> added.add(lease.batchId(), line.number(), line.position(), line.length()));
            added.execute();
        });
    }

    @Override
    public void begin(Lease lease, int total, Instant now) {
        transactions.get().useTransaction(handle -> {
            hold(handle, lease);
            change(handle, lease, """
                    UPDATE batch
                       SET status = CASE WHEN status = 'VALIDATING' THEN 'IN_PROGRESS' ELSE status END,
                           in_progress_at = :now, total = :total
                     WHERE batch_id = :id
                    """).bind("now", now).bind("total", total).execute();
        });
    }

    @Override
    public void fail(Lease lease, String errors, Instant now) {
        transactions.get().useTransaction(handle -> {
            hold(handle, lease);
            change(handle, lease, """
                    UPDATE batch
                       SET status = 'FAILED', ended_at = :now, errors = :errors, total = 0
                     WHERE batch_id = :id
                    """)
                    .bind("now", now)
                    .bind("errors", rows.sealErrors(lease.batchId(), errors))
                    .execute();
        });
    }

    @Override
    public List<BatchLine> open(Lease lease, int after, int most) {
        return transactions
                .get()
                .withHandle(handle -> handle.createQuery("""
                                SELECT line, position, length, attempt, failures FROM batch_line
                                 WHERE batch_id = :id AND outcome IS NULL AND line > :after
                                 ORDER BY line
                                 LIMIT :most
                                """)
                        .bind("id", lease.batchId())
                        .bind("after", after)
                        .bind("most", most)
                        .map((row, context) -> MySqlBatchRows.line(row))
                        .list());
    }

    @Override
    public BatchStatus record(Lease lease, List<LineEnd> ends, Duration term) {
        return transactions.get().inTransaction(handle -> {
            BatchStatus status = hold(handle, lease);
            int completed = 0;
            int failed = 0;
            for (LineEnd end : ends) {
                switch (end) {
                    case LineEnd.Done done -> {
                        int written = rows.done(handle, lease.batchId(), done);
                        completed += done.succeeded() ? written : 0;
                        failed += done.succeeded() ? 0 : written;
                    }
                    case LineEnd.Again again -> rows.again(handle, lease.batchId(), again);
                }
            }
            change(handle, lease, """
                    UPDATE batch
                       SET completed = completed + :completed, failed = failed + :failed,
                           lease_until = UTC_TIMESTAMP(6) + INTERVAL :micros MICROSECOND
                     WHERE batch_id = :id
                    """)
                    .bind("completed", completed)
                    .bind("failed", failed)
                    .bind("micros", micros(term))
                    .execute();
            return status;
        });
    }

    @Override
    public void endLines(Lease lease, Ending ending, Instant now) {
        transactions.get().useTransaction(handle -> {
            hold(handle, lease);
            // A batch that is cancelled says so until its end.
            change(handle, lease, """
                    UPDATE batch
                       SET ending = CASE WHEN status = 'CANCELLING' THEN 'CANCELLED' ELSE :ending END,
                           finalizing_at = CASE WHEN status = 'CANCELLING' THEN NULL ELSE :now END,
                           status = CASE WHEN status = 'CANCELLING' THEN status ELSE 'FINALIZING' END
                     WHERE batch_id = :id AND ending IS NULL
                    """)
                    .bind("ending", ending.name())
                    .bind("now", now)
                    .execute();
        });
    }

    @Override
    public List<ResultLine> results(Lease lease, int after, long bytes) {
        return transactions.get().withHandle(handle -> rows.results(handle, lease.batchId(), after, bytes));
    }

    @Override
    public void publish(Lease lease, Published published, Instant now) {
        transactions.get().useTransaction(handle -> {
            hold(handle, lease);
            Batch batch = handle.createQuery("SELECT * FROM batch WHERE batch_id = :id")
                    .bind("id", lease.batchId())
                    .map(rows::batch)
                    .one();
            Instant expiresAt = now.plus(batch.outputRetention());
            published.outputFileId().ifPresent(id -> MySqlFileStore.ready(handle, batch.scope(), id, expiresAt));
            published.errorFileId().ifPresent(id -> MySqlFileStore.ready(handle, batch.scope(), id, expiresAt));
            change(handle, lease, """
                    UPDATE batch
                       SET status = :status, ended_at = :now, total = :total, completed = :completed, failed = :failed,
                           output_file_id = :output, error_file_id = :error
                     WHERE batch_id = :id
                    """)
                    .bind("status", published.status().name())
                    .bind("now", now)
                    .bind("total", published.counts().total())
                    .bind("completed", published.counts().completed())
                    .bind("failed", published.counts().failed())
                    .bind("output", published.outputFileId().orElse(null))
                    .bind("error", published.errorFileId().orElse(null))
                    .execute();
        });
    }

    /** Makes sure that the lease still holds, until the transaction is over; tells how the batch stands. */
    private static BatchStatus hold(Handle handle, Lease lease) {
        return handle.createQuery(
                        "SELECT status FROM batch WHERE batch_id = :id AND epoch = :epoch AND ended_at IS NULL FOR UPDATE")
                .bind("id", lease.batchId())
                .bind("epoch", lease.epoch())
                .mapTo(String.class)
                .findOne()
                .map(BatchStatus::valueOf)
                .orElseThrow(() -> new LeaseLostException(lease));
    }

    private static Update change(Handle handle, Lease lease, String sql) {
        return handle.createUpdate(sql).bind("id", lease.batchId());
    }

    private static long micros(Duration time) {
        return time.toMillis() * MICROS_PER_MILLI;
    }
}
