package ai.exaone.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The changes of one kind of state, numbered without gaps in the order of their commits, so that another service can follow
 * them and go on from any revision that is still kept. Thread-safe.
 *
 * <p>A change is appended in the transaction that makes it. The counter's row stays locked until that transaction ends, which is
 * what makes commit order and revision order the same: append last, and keep the transaction short.
 *
 * <p>A service that has a log creates its tables in a migration of its own:
 *
 * <pre>{@code
 * CREATE TABLE change_counter (
 *     log        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
 *     revision   BIGINT      NOT NULL,
 *     pruned     BIGINT      NOT NULL DEFAULT 0
 * );
 *
 * CREATE TABLE change_log (
 *     log         VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
 *     revision    BIGINT                                                 NOT NULL,
 *     kind        VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
 *     entry_key   VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
 *     payload     MEDIUMBLOB                                             NOT NULL,
 *     created_at  DATETIME(6)                                            NOT NULL,
 *     PRIMARY KEY (log, revision)
 * );
 * }</pre>
 */
public final class ChangeLog {
    /** What a reader who asks for the changes after a revision gets. */
    public sealed interface Reading {
        /**
         * The next changes, in order, without a gap; empty if there are none yet.
         */
        record Changes(List<Change> changes) implements Reading {
            public Changes {
                changes = List.copyOf(changes);
            }
        }

        /** The log cannot continue from that revision: it was pruned, or never given out. The reader starts from the whole state. */
        record StartAgain() implements Reading {}
    }

    private static final byte[] NOTHING = new byte[0];
    private static final int PRUNE_BATCH = 1_000;

    private final Transactions transactions;
    private final String log;
    private final Clock clock;

    /**
     * @param log the log's name, at most 64 ASCII characters, for example {@code keys}
     */
    public ChangeLog(Transactions transactions, String log, Clock clock) {
        this.transactions = transactions;
        this.log = log;
        this.clock = clock;
    }

    /** Records an entry's new state in the caller's transaction; returns its revision, which holds once that commits. */
    public long put(Handle handle, String key, byte[] payload) {
        return append(handle, Change.Kind.PUT, key, payload);
    }

    /** Records in the caller's transaction that an entry is gone; returns its revision, which holds once that commits. */
    public long delete(Handle handle, String key) {
        return append(handle, Change.Kind.DELETE, key, NOTHING);
    }

    /** The revision of the newest change; 0 if there was none. */
    public long latest() {
        return transactions.withHandle(this::latest);
    }

    /** The newest revision as a caller's snapshot sees it, to be sent with the whole state. */
    public long latest(Handle handle) {
        return counter(handle).revision;
    }

    /**
     * The changes after a revision.
     *
     * @param after the last revision the reader has; 0 for the beginning
     * @param limit how many at most, at least 1
     */
    public Reading read(long after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A reading has at least one change: " + limit);
        }
        return transactions.withHandle(handle -> {
            List<Change> changes = changesAfter(handle, after, limit);
            // Read after the changes: what is kept now was kept then.
            Counter counter = counter(handle);
            boolean continues = after >= counter.pruned && after <= counter.revision;
            return continues ? new Reading.Changes(changes) : new Reading.StartAgain();
        });
    }

    /** Forgets all but the newest changes. Safe at any time, also in several processes at once. */
    public void prune(long keep) {
        if (keep < 0) {
            throw new IllegalArgumentException("Cannot keep fewer than no changes: " + keep);
        }
        transactions.withHandle(handle ->
                handle.createUpdate("""
                        UPDATE change_counter
                           SET pruned = GREATEST(pruned, revision - :keep)
                         WHERE log = :log
                        """).bind("log", log).bind("keep", keep).execute());
        transactions.removeInBatches(PRUNE_BATCH, this::forgetBatch);
    }

    private long append(Handle handle, Change.Kind kind, String key, byte[] payload) {
        long revision = raise(handle);
        handle.createUpdate("""
                        INSERT INTO change_log (log, revision, kind, entry_key, payload, created_at)
                        VALUES (:log, :revision, :kind, :key, :payload, :now)
                        """)
                .bind("log", log)
                .bind("revision", revision)
                .bind("kind", kind.name())
                .bind("key", key)
                .bind("payload", payload)
                .bind("now", clock.instant())
                .execute();
        return revision;
    }

    private long raise(Handle handle) {
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("A change is recorded in the transaction that makes it");
        }
        handle.createUpdate("""
                        INSERT INTO change_counter (log, revision)
                        VALUES (:log, 1)
                        ON DUPLICATE KEY UPDATE revision = revision + 1
                        """).bind("log", log).execute();
        return latest(handle);
    }

    private List<Change> changesAfter(Handle handle, long after, int limit) {
        return handle.createQuery("""
                        SELECT revision, kind, entry_key, payload, created_at
                          FROM change_log
                         WHERE log = :log AND revision > :after
                         ORDER BY revision
                         LIMIT :limit
                        """)
                .bind("log", log)
                .bind("after", after)
                .bind("limit", limit)
                .map(ChangeLog::change)
                .list();
    }

    private static Change change(ResultSet row, StatementContext context) throws SQLException {
        return new Change(
                row.getLong("revision"),
                Change.Kind.valueOf(row.getString("kind")),
                row.getString("entry_key"),
                row.getBytes("payload"),
                row.getTimestamp("created_at").toInstant());
    }

    private Counter counter(Handle handle) {
        return handle.createQuery("SELECT revision, pruned FROM change_counter WHERE log = :log")
                .bind("log", log)
                .map((row, context) -> new Counter(row.getLong("revision"), row.getLong("pruned")))
                .findOne()
                .orElse(Counter.FRESH);
    }

    private int forgetBatch(Handle handle) {
        return handle.createUpdate("""
                        DELETE FROM change_log
                         WHERE log = :log
                           AND revision <= (SELECT pruned FROM change_counter WHERE log = :log)
                         ORDER BY revision
                         LIMIT :batch
                        """)
                .bind("log", log)
                .bind("batch", PRUNE_BATCH)
                .execute();
    }

    private record Counter(long revision, long pruned) {
        static final Counter FRESH = new Counter(0, 0);
    }
}
