package ai.exaone.gateway.batches;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.gateway.files.FileError;
import ai.exaone.gateway.files.MySqlFileStore;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Batches in the gateway's own database. What callers wrote is encrypted under the installation's key. */
public final class MySqlBatchStore implements BatchStore {
    private final Supplier<Transactions> transactions;
    private final MySqlBatchRows rows;

    /**
     * @param transactions asked for at each use: what connects to the database is made at the first
     * @param key encrypts what callers wrote and were answered
     */
    public MySqlBatchStore(Supplier<Transactions> transactions, MasterKey key) {
        this.transactions = transactions;
        this.rows = new MySqlBatchRows(key);
    }

    @Override
    public void insert(Batch batch, int mostOpen) {
        ProjectScope scope = batch.scope();
        transactions.get().useTransaction(handle -> {
            // The file's row is the lock: of the same file nothing else happens, and projects are bounded well enough.
            if (!MySqlFileStore.hold(
                    handle, scope, batch.inputFileId(), batch.times().created())) {
                throw FileError.notFound(batch.inputFileId());
            }
            int open = handle.createQuery("""
                            SELECT COUNT(*) FROM batch
                             WHERE tenant_id = :tenant AND project_id = :project AND ended_at IS NULL
                            """)
                    .bind("tenant", scope.tenantId())
                    .bind("project", scope.projectId())
                    .mapTo(Integer.class)
                    .one();
            if (open >= mostOpen) {
                throw new PlatformException(
                        BatchError.TOO_MANY_BATCHES,
                        "The project has " + open + " batches that have not ended: no more are taken now.");
            }
            rows.insert(handle, batch);
        });
    }

    @Override
    public Optional<Batch> find(ProjectScope scope, String id) {
        return transactions
                .get()
                .withHandle(handle -> handle.createQuery("""
                                SELECT * FROM batch
                                 WHERE tenant_id = :tenant AND project_id = :project AND batch_id = :id
                                """)
                        .bind("tenant", scope.tenantId())
                        .bind("project", scope.projectId())
                        .bind("id", id)
                        .map(rows::batch)
                        .findOne());
    }

    @Override
    public List<Batch> list(ProjectScope scope, Optional<String> after, int most) {
        return transactions
                .get()
                .withHandle(handle -> handle.createQuery("""
                                SELECT * FROM batch
                                 WHERE tenant_id = :tenant AND project_id = :project AND (:after = '' OR batch_id < :after)
                                 ORDER BY batch_id DESC
                                 LIMIT :most
                                """)
                        .bind("tenant", scope.tenantId())
                        .bind("project", scope.projectId())
                        .bind("after", after.orElse(""))
                        .bind("most", most)
                        .map(rows::batch)
                        .list());
    }

    @Override
    public boolean cancel(ProjectScope scope, String id, Instant now) {
        return transactions
                        .get()
                        .withHandle(handle -> handle.createUpdate("""
                                        UPDATE batch
                                           SET status = 'CANCELLING', cancelling_at = :now, resume_at = UTC_TIMESTAMP(6)
                                         WHERE tenant_id = :tenant AND project_id = :project AND batch_id = :id
                                           AND status IN ('VALIDATING', 'IN_PROGRESS')
                                        """)
                                .bind("now", now)
                                .bind("tenant", scope.tenantId())
                                .bind("project", scope.projectId())
                                .bind("id", id)
                                .execute())
                > 0;
    }

    @Override
    public int forget(Instant endedBefore, int most) {
        return transactions.get().inTransaction(handle -> {
            int lines = MySqlBatchRows.forgetLines(handle, most);
            int batches = handle.createUpdate("""
                            DELETE FROM batch WHERE ended_at <= :before
                               AND NOT EXISTS (SELECT 1 FROM batch_line WHERE batch_line.batch_id = batch.batch_id)
                             LIMIT :most
                            """)
                    .bind("before", endedBefore)
                    .bind("most", most)
                    .execute();
            return lines + batches;
        });
    }
}
