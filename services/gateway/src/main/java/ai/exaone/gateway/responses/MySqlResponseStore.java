package ai.exaone.gateway.responses;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Responses in the gateway's own database. What callers wrote and were answered is encrypted under the installation's key, for its own place. */
public final class MySqlResponseStore implements ResponseStore {
    private static final String INPUT = "input";
    private static final String RESPONSE = "response";
    private static final int MOST_TURNS = 500;
    private static final String CONVERSATION = """
            WITH RECURSIVE turn (response_id, previous_id, bytes, depth) AS (
                SELECT response_id, previous_id, LENGTH(input) + LENGTH(response), 1
                  FROM response
                 WHERE tenant_id = :tenant AND project_id = :project AND response_id = :id AND expires_at > :now
                 UNION ALL
                SELECT earlier.response_id, earlier.previous_id, LENGTH(earlier.input) + LENGTH(earlier.response), turn.depth + 1
                  FROM turn
                  JOIN response earlier ON earlier.response_id = turn.previous_id
                 WHERE earlier.tenant_id = :tenant AND earlier.project_id = :project AND earlier.expires_at > :now
                   AND turn.depth < :most)
            SELECT response_id, previous_id, bytes FROM turn ORDER BY depth
            """;

    private final Supplier<Transactions> transactions;
    private final MasterKey key;

    /**
     * @param transactions asked for at each use: what connects to the database is made at the first
     * @param key encrypts what callers wrote and were answered
     */
    public MySqlResponseStore(Supplier<Transactions> transactions, MasterKey key) {
        this.transactions = transactions;
        this.key = key;
    }

    private record Turn(String id, Optional<String> previousId, long bytes) {}

    @Override
    public void probe() {
        transactions
                .get()
                .withHandle(handle ->
                        handle.createQuery("SELECT 1").mapTo(Integer.class).one());
    }

    @Override
    public void insert(ProjectScope scope, StoredResponse response) {
        byte[] input = key.encrypt(response.input(), place(scope, response.id(), INPUT));
        byte[] answer = key.encrypt(response.response(), place(scope, response.id(), RESPONSE));
        transactions.get().useTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO response (response_id, tenant_id, project_id, previous_id, input, response, created_at, expires_at)
                            VALUES (:id, :tenant, :project, :previous, :input, :response, :created, :expires)
                            """)
                    .bind("id", response.id())
                    .bind("tenant", scope.tenantId())
                    .bind("project", scope.projectId())
                    .bind("previous", response.previousId().orElse(null))
                    .bind("input", input)
                    .bind("response", answer)
                    .bind("created", response.createdAt())
                    .bind("expires", response.expiresAt())
                    .execute();
            response.previousId()
                    .map(previous -> turns(handle, scope, previous, response.createdAt()))
                    .filter(earlier -> !earlier.isEmpty())
                    .ifPresent(earlier -> renew(handle, scope, earlier, response.expiresAt()));
        });
    }

    private static void renew(Handle handle, ProjectScope scope, List<Turn> earlier, Instant expiresAt) {
        handle.createUpdate("""
                        UPDATE response
                           SET expires_at = :expires
                         WHERE tenant_id = :tenant AND project_id = :project AND response_id IN (<ids>) AND expires_at < :expires
                        """)
                .bind("expires", expiresAt)
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bindList("ids", earlier.stream().map(Turn::id).toList())
                .execute();
    }

    @Override
    public Optional<StoredResponse> find(ProjectScope scope, String id, Instant now) {
        return transactions
                .get()
                .withHandle(handle -> scoped(handle.createQuery("""
                        SELECT * FROM response
                         WHERE tenant_id = :tenant AND project_id = :project AND response_id = :id AND expires_at > :now
                        """), scope)
                        .bind("id", id)
                        .bind("now", now)
                        .map((row, context) -> response(row, scope))
                        .findOne());
    }

    @Override
    public List<StoredResponse> conversation(ProjectScope scope, String id, Instant now, long mostBytes) {
        return transactions.get().inSnapshot(handle -> {
            List<Turn> turns = turns(handle, scope, id, now);
            if (turns.isEmpty()) {
                throw notFound(id);
            }
            Optional<String> missing = turns.getLast().previousId();
            if (turns.size() == MOST_TURNS && missing.isPresent()
                    || turns.stream().mapToLong(Turn::bytes).sum() > mostBytes) {
                throw new PlatformException(
                        ResponseError.CONVERSATION_TOO_LONG, "The conversation before has become too long to go on.");
            }
            missing.ifPresent(gone -> {
                throw notFound(gone);
            });
            List<StoredResponse> newestFirst = new ArrayList<>();
            for (Turn turn : turns) {
                newestFirst.add(scoped(handle.createQuery("""
                                SELECT * FROM response
                                 WHERE tenant_id = :tenant AND project_id = :project AND response_id = :id
                                """), scope)
                        .bind("id", turn.id())
                        .map((row, context) -> response(row, scope))
                        .one());
            }
            Collections.reverse(newestFirst);
            return newestFirst;
        });
    }

    @Override
    public boolean delete(ProjectScope scope, String id, Instant now) {
        int deleted = transactions
                .get()
                .withHandle(handle -> handle.createUpdate("""
                        DELETE FROM response
                         WHERE tenant_id = :tenant AND project_id = :project AND response_id = :id AND expires_at > :now
                        """)
                        .bind("tenant", scope.tenantId())
                        .bind("project", scope.projectId())
                        .bind("id", id)
                        .bind("now", now)
                        .execute());
        return deleted > 0;
    }

    @Override
    public int forget(Instant now, int most) {
        return transactions
                .get()
                .withHandle(handle -> handle.createUpdate("DELETE FROM response WHERE expires_at <= :now LIMIT :most")
                        .bind("now", now)
                        .bind("most", most)
                        .execute());
    }

    /** A response's way back, newest first; it ends where one is gone. */
    private static List<Turn> turns(Handle handle, ProjectScope scope, String id, Instant now) {
        return scoped(handle.createQuery(CONVERSATION), scope)
                .bind("id", id)
                .bind("now", now)
                .bind("most", MOST_TURNS)
                .map((row, context) -> new Turn(
                        row.getString("response_id"),
                        Optional.ofNullable(row.getString("previous_id")),
                        row.getLong("bytes")))
                .list();
    }

    private static Query scoped(Query query, ProjectScope scope) {
        return query.bind("tenant", scope.tenantId()).bind("project", scope.projectId());
    }

    private StoredResponse response(ResultSet row, ProjectScope scope) throws SQLException {
        String id = row.getString("response_id");
        return new StoredResponse(
                id,
                Optional.ofNullable(row.getString("previous_id")),
                key.decrypt(row.getBytes("input"), place(scope, id, INPUT)),
                key.decrypt(row.getBytes("response"), place(scope, id, RESPONSE)),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }

    private static String place(ProjectScope scope, String id, String part) {
        return String.join("/", "gateway", "response", scope.tenantId(), scope.projectId(), id, part);
    }

    static PlatformException notFound(String id) {
        return PlatformException.because(ResponseError.RESPONSE_NOT_FOUND, "Response with id '" + id + "' not found.")
                .violation("response_id", "There is no such response.")
                .build();
    }
}
