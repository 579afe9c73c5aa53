package ai.exaone.gateway.files;

import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Files in the gateway's own database. What is in them is encrypted under the installation's key, each chunk for its own place. */
public final class MySqlFileStore implements FileStore {
    private static final String READY = "READY";

    private final Supplier<Transactions> transactions;
    private final MasterKey key;

    /**
     * @param transactions asked for at each use: what connects to the database is made at the first
     * @param key encrypts what callers wrote and were answered
     */
    public MySqlFileStore(Supplier<Transactions> transactions, MasterKey key) {
        this.transactions = transactions;
        this.key = key;
    }

    @Override
    public void begin(ProjectScope scope, StoredFile file, Instant abandonedAt) {
        transactions
                .get()
                .withHandle(handle -> handle.createUpdate("""
                        INSERT INTO file (file_id, tenant_id, project_id, purpose, filename, bytes, state, created_at, expires_at)
                        VALUES (:id, :tenant, :project, :purpose, :filename, :bytes, 'PENDING', :created, :expires)
                        """)
                        .bind("id", file.id())
                        .bind("tenant", scope.tenantId())
                        .bind("project", scope.projectId())
                        .bind("purpose", file.purpose().name())
                        .bind("filename", file.filename())
                        .bind("bytes", file.bytes())
                        .bind("created", file.createdAt())
                        .bind("expires", abandonedAt)
                        .execute());
    }

    @Override
    public void add(String fileId, int number, byte[] plain) {
        byte[] sealed = key.encrypt(plain, place(fileId, number));
        transactions
                .get()
                .withHandle(handle -> handle.createUpdate("""
                                INSERT INTO file_chunk (file_id, number, content) VALUES (:id, :number, :content)
                                ON DUPLICATE KEY UPDATE content = VALUES(content)
                                """)
                        .bind("id", fileId)
                        .bind("number", number)
                        .bind("content", sealed)
                        .execute());
    }

    @Override
    public void complete(ProjectScope scope, StoredFile file, Instant abandonedAt) {
        change(scope, file, "PENDING", abandonedAt);
    }

    @Override
    public void ready(ProjectScope scope, StoredFile file) {
        change(scope, file, READY, file.expiresAt());
    }

    private void change(ProjectScope scope, StoredFile file, String state, Instant expiresAt) {
        transactions
                .get()
                .withHandle(handle -> handle.createUpdate("""
                                UPDATE file
                                   SET state = :state, bytes = :bytes, filename = :filename, purpose = :purpose, expires_at = :expires
                                 WHERE tenant_id = :tenant AND project_id = :project AND file_id = :id AND state = 'PENDING'
                                """)
                        .bind("state", state)
                        .bind("bytes", file.bytes())
                        .bind("filename", file.filename())
                        .bind("purpose", file.purpose().name())
                        .bind("expires", expiresAt)
                        .bind("tenant", scope.tenantId())
                        .bind("project", scope.projectId())
                        .bind("id", file.id())
                        .execute());
    }

    /**
     * Makes a file that was completed ready, in the caller's transaction.
     *
     * @param expiresAt when it is forgotten from now on
     */
    public static void ready(Handle handle, ProjectScope scope, String fileId, Instant expiresAt) {
        handle.createUpdate("""
                        UPDATE file
                           SET state = 'READY', expires_at = :expires
                         WHERE tenant_id = :tenant AND project_id = :project AND file_id = :id AND state = 'PENDING'
                        """)
                .bind("expires", expiresAt)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bind("id", fileId)
                .execute();
    }

    /** Whether there is such a file, which stays as long as the caller's transaction goes on. */
    public static boolean hold(Handle handle, ProjectScope scope, String fileId, Instant now) {
        return handle.createQuery("""
                        SELECT 1 FROM file
                         WHERE tenant_id = :tenant AND project_id = :project AND file_id = :id AND state = 'READY'
                           AND expires_at > :now
                           FOR UPDATE
                        """)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bind("id", fileId)
                .bind("now", now)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public Optional<StoredFile> find(ProjectScope scope, String id, Instant now) {
        return transactions
                .get()
                .withHandle(handle -> handle.createQuery("""
                                SELECT * FROM file
                                 WHERE tenant_id = :tenant AND project_id = :project AND file_id = :id AND state = 'READY'
                                   AND expires_at > :now
                                """)
                        .bind("tenant", scope.tenantId())
                        .bind("project", scope.projectId())
                        .bind("id", id)
                        .bind("now", now)
                        .map(MySqlFileStore::file)
                        .findOne());
    }

    @Override
    public List<StoredFile> list(ProjectScope scope, Optional<FilePurpose> purpose, FilePage page, Instant now) {
        String order = page.newestFirst() ? "DESC" : "ASC";
        String beyond = page.newestFirst() ? "<" : ">";
        return transactions
                .get()
                .withHandle(handle -> handle.createQuery("""
                                SELECT * FROM file
                                 WHERE tenant_id = :tenant AND project_id = :project AND state = 'READY' AND expires_at > :now
                                   AND (:purpose = '' OR purpose = :purpose)
                                   AND (:after = '' OR file_id %s :after)
                                 ORDER BY file_id %s
                                 LIMIT :limit
                                """.formatted(beyond, order))
                        .bind("tenant", scope.tenantId())
                        .bind("project", scope.projectId())
                        .bind("now", now)
                        .bind("purpose", purpose.map(FilePurpose::name).orElse(""))
                        .bind("after", page.after().orElse(""))
                        .bind("limit", page.limit() + 1)
                        .map(MySqlFileStore::file)
                        .list());
    }

    @Override
    public long bytesOf(ProjectScope scope, Instant now) {
        return transactions
                .get()
                .withHandle(handle -> handle.createQuery("""
                                SELECT COALESCE(SUM(bytes), 0) FROM file
                                 WHERE tenant_id = :tenant AND project_id = :project AND state IN ('PENDING', 'READY')
                                   AND expires_at > :now
                                """)
                        .bind("tenant", scope.tenantId())
                        .bind("project", scope.projectId())
                        .bind("now", now)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public Optional<byte[]> chunk(String fileId, int number) {
        return transactions
                .get()
                .withHandle(handle -> handle.createQuery(
                                "SELECT content FROM file_chunk WHERE file_id = :id AND number = :number")
                        .bind("id", fileId)
                        .bind("number", number)
                        .mapTo(byte[].class)
                        .findOne())
                .map(stored -> key.decrypt(stored, place(fileId, number)));
    }

    @Override
    public boolean delete(ProjectScope scope, String id, Instant now) {
        return transactions.get().inTransaction(handle -> {
            if (!hold(handle, scope, id, now)) {
                return false;
            }
            boolean read = handle.createQuery(
                            "SELECT 1 FROM batch WHERE input_file_id = :id AND ended_at IS NULL LIMIT 1")
                    .bind("id", id)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (read) {
                throw CallerFiles.inUse(id);
            }
            return mark(handle, id) > 0;
        });
    }

    @Override
    public void abandon(String fileId) {
        transactions.get().withHandle(handle -> mark(handle, fileId));
    }

    private static int mark(Handle handle, String id) {
        return handle.createUpdate("UPDATE file SET state = 'DELETED', expires_at = created_at WHERE file_id = :id")
                .bind("id", id)
                .execute();
    }

    @Override
    public int forget(Instant now, int most) {
        List<String> gone = transactions
                .get()
                .withHandle(handle -> handle.createQuery("""
                                SELECT file_id FROM file
                                 WHERE expires_at <= :now
                                   AND NOT EXISTS (
                                       SELECT 1 FROM batch WHERE batch.input_file_id = file.file_id AND batch.ended_at IS NULL)
                                 ORDER BY expires_at
                                 LIMIT :most
                                """)
                        .bind("now", now)
                        .bind("most", most)
                        .mapTo(String.class)
                        .list());
        int left = most;
        for (String id : gone) {
            left -= forget(id, left);
            if (left <= 0) {
                break;
            }
        }
        return most - left;
    }

    private int forget(String id, int most) {
        return transactions.get().inTransaction(handle -> {
            int chunks = handle.createUpdate("DELETE FROM file_chunk WHERE file_id = :id LIMIT :most")
                    .bind("id", id)
                    .bind("most", most)
                    .execute();
            if (chunks < most) {
                handle.createUpdate("DELETE FROM file WHERE file_id = :id")
                        .bind("id", id)
                        .execute();
            }
            return chunks + 1;
        });
    }

    private static String place(String fileId, int number) {
        return "gateway/file/" + fileId + "/" + number;
    }

    private static StoredFile file(ResultSet row, StatementContext context) throws SQLException {
        return new StoredFile(
                row.getString("file_id"),
                FilePurpose.valueOf(row.getString("purpose")),
                row.getString("filename"),
                row.getLong("bytes"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }
}
