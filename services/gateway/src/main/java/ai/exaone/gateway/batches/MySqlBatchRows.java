package ai.exaone.gateway.batches;

import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.store.crypto.MasterKey;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of batches and of their lines, and how what is in them is encrypted. */
final class MySqlBatchRows {
    private static final int MOST_RESULTS = 500;

    private final MasterKey key;

    MySqlBatchRows(MasterKey key) {
        this.key = key;
    }

    void insert(Handle handle, Batch batch) {
        handle.createUpdate("""
                        INSERT INTO batch (
                            batch_id, tenant_id, project_id, key_id, endpoint, input_file_id, metadata, status, total, completed,
                            failed, output_seconds, created_at, expires_at, epoch, worker, lease_until, resume_at)
                        VALUES (
                            :id, :tenant, :project, :key, :endpoint, :input, :metadata, :status, 0, 0,
                            0, :outputSeconds, :created, :expires, 0, '', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
                        """)
                .bind("id", batch.id())
                .bind("tenant", batch.scope().tenantId())
                .bind("project", batch.scope().projectId())
                .bind("key", batch.keyId())
                .bind("endpoint", batch.endpoint())
                .bind("input", batch.inputFileId())
                .bind("metadata", seal(batch.metadata(), metadataPlace(batch.id())))
                .bind("status", batch.status().name())
                .bind("outputSeconds", batch.outputRetention().toSeconds())
                .bind("created", batch.times().created())
                .bind("expires", batch.times().expires())
                .execute();
    }

    Batch batch(ResultSet row, StatementContext context) throws SQLException {
        String id = row.getString("batch_id");
        byte[] errors = row.getBytes("errors");
        return new Batch(
                id,
                new ProjectScope(row.getString("tenant_id"), row.getString("project_id")),
                row.getString("key_id"),
                row.getString("endpoint"),
                row.getString("input_file_id"),
                open(row.getBytes("metadata"), metadataPlace(id)),
                BatchStatus.valueOf(row.getString("status")),
                Optional.ofNullable(row.getString("ending")).map(Ending::valueOf),
                Optional.ofNullable(errors).map(stored -> open(stored, errorsPlace(id))),
                new Batch.Counts(row.getInt("total"), row.getInt("completed"), row.getInt("failed")),
                Optional.ofNullable(row.getString("output_file_id")),
                Optional.ofNullable(row.getString("error_file_id")),
                Duration.ofSeconds(row.getLong("output_seconds")),
                new Batch.Times(
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant(),
                        time(row, "in_progress_at"),
                        time(row, "finalizing_at"),
                        time(row, "cancelling_at"),
                        time(row, "ended_at")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    byte[] sealErrors(String batchId, String errors) {
        return seal(errors, errorsPlace(batchId));
    }

    /** Writes a result where there is none; returns how many lines that were, which is one or none. */
    int done(Handle handle, String batchId, LineEnd.Done done) {
        return handle.createUpdate("""
                        UPDATE batch_line SET outcome = :outcome, result = :result
                         WHERE batch_id = :id AND line = :line AND outcome IS NULL
                        """)
                .bind("outcome", done.succeeded() ? "SUCCEEDED" : "FAILED")
                .bind(
                        "result",
                        key.encrypt(done.json(), linePlace(batchId, done.line().number())))
                .bind("id", batchId)
                .bind("line", done.line().number())
                .execute();
    }

    /** Counts a call that brought no result; repeated, it changes nothing. */
    void again(Handle handle, String batchId, LineEnd.Again again) {
        BatchLine line = again.line();
        handle.createUpdate("""
                        UPDATE batch_line SET attempt = :next, failures = :failures
                         WHERE batch_id = :id AND line = :line AND outcome IS NULL AND attempt = :attempt
                        """)
                .bind("next", line.attempt() + 1)
                .bind("failures", line.failures() + (again.failed() ? 1 : 0))
                .bind("id", batchId)
                .bind("line", line.number())
                .bind("attempt", line.attempt())
                .execute();
    }

    List<BatchJournal.ResultLine> results(Handle handle, String batchId, int after, long bytes) {
        int last = last(handle, batchId, after, bytes);
        if (last == after) {
            return List.of();
        }
        return handle.createQuery("""
                        SELECT line, position, length, attempt, failures, outcome, result FROM batch_line
                         WHERE batch_id = :id AND line > :after AND line <= :last
                         ORDER BY line
                        """)
                .bind("id", batchId)
                .bind("after", after)
                .bind("last", last)
                .map((row, context) -> result(batchId, row))
                .list();
    }

    /** The last line of a page; the line before it where there is none. */
    private static int last(Handle handle, String batchId, int after, long bytes) {
        List<long[]> lines = handle.createQuery("""
                        SELECT line, COALESCE(LENGTH(result), 0) AS bytes FROM batch_line
                         WHERE batch_id = :id AND line > :after
                         ORDER BY line
                         LIMIT :most
                        """)
                .bind("id", batchId)
                .bind("after", after)
                .bind("most", MOST_RESULTS)
                .map((row, context) -> new long[] {row.getLong("line"), row.getLong("bytes")})
                .list();
        int last = after;
        long total = 0;
        for (long[] line : lines) {
            total += line[1];
            if (last > after && total > bytes) {
                break;
            }
            last = (int) line[0];
        }
        return last;
    }

    private BatchJournal.ResultLine result(String batchId, ResultSet row) throws SQLException {
        BatchLine line = line(row);
        String outcome = row.getString("outcome");
        if (outcome == null) {
            return new BatchJournal.ResultLine(line, Optional.empty());
        }
        byte[] json = key.decrypt(row.getBytes("result"), linePlace(batchId, line.number()));
        return new BatchJournal.ResultLine(
                line, Optional.of(new LineEnd.Done(line, outcome.equals("SUCCEEDED"), json)));
    }

    static BatchLine line(ResultSet row) throws SQLException {
        return new BatchLine(
                row.getInt("line"),
                row.getLong("position"),
                row.getInt("length"),
                row.getInt("attempt"),
                row.getInt("failures"));
    }

    /** Removes lines of batches that have ended. */
    static int forgetLines(Handle handle, int most) {
        List<String> ended = handle.createQuery("""
                        SELECT batch_id FROM batch
                         WHERE ended_at IS NOT NULL
                           AND EXISTS (SELECT 1 FROM batch_line WHERE batch_line.batch_id = batch.batch_id)
                         LIMIT 1
                        """).mapTo(String.class).list();
        int removed = 0;
        for (String batchId : ended) {
            removed += handle.createUpdate("DELETE FROM batch_line WHERE batch_id = :id LIMIT :most")
                    .bind("id", batchId)
                    .bind("most", most)
                    .execute();
        }
        return removed;
    }

    private byte[] seal(String text, String place) {
        return key.encrypt(text.getBytes(StandardCharsets.UTF_8), place);
    }

    private String open(byte[] stored, String place) {
        return new String(key.decrypt(stored, place), StandardCharsets.UTF_8);
    }

    private static String metadataPlace(String batchId) {
        return "gateway/batch-metadata/" + batchId;
    }

    private static String errorsPlace(String batchId) {
        return "gateway/batch-errors/" + batchId;
    }

    private static String linePlace(String batchId, int line) {
        return "gateway/batch-line/" + batchId + "/" + line;
    }
}
