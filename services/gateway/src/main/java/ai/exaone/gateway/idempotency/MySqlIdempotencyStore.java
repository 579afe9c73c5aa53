package ai.exaone.gateway.idempotency;

import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.store.StoredTime;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Keys in the gateway's own database. What was answered lies there encrypted, for a caller who names a call did not ask that it be kept. */
public final class MySqlIdempotencyStore implements IdempotencyStore {
    private static final String RUNNING = "RUNNING";
    private static final String FINISHED = "FINISHED";
    private static final String LOST = "LOST";

    private final Supplier<Transactions> transactions;
    private final MasterKey masterKey;

    /**
     * @param transactions asked for at each use: what connects to the database is made at the first
     * @param masterKey encrypts what was answered
     */
    public MySqlIdempotencyStore(Supplier<Transactions> transactions, MasterKey masterKey) {
        this.transactions = transactions;
        this.masterKey = masterKey;
    }

    @Override
    public KeptCall claim(KeyedCall call, Instant now, Instant leaseUntil, Instant expiresAt) {
        return transactions.get().inTransaction(handle -> {
            insert(handle, call, leaseUntil, expiresAt);
            Optional<KeptCall> known = find(handle, call.scope(), call.key(), now);
            if (known.isPresent()) {
                return known.get();
            }
            named(handle.createUpdate("""
                            DELETE FROM keyed_call
                             WHERE tenant_id = :tenant AND project_id = :project AND subject = :subject AND idempotency_key = :key
                               AND expires_at <= :now
                            """), call.scope(), call.key())
                    .bind("now", StoredTime.of(now))
                    .execute();
            insert(handle, call, leaseUntil, expiresAt);
            return find(handle, call.scope(), call.key(), now).orElseThrow();
        });
    }

    /** Takes the row's lock whether it is new or not, and so waits for a transaction that is making the same. */
    private static void insert(Handle handle, KeyedCall call, Instant leaseUntil, Instant expiresAt) {
        named(handle.createUpdate("""
                        INSERT INTO keyed_call (tenant_id, project_id, subject, idempotency_key, digest, request_id, state,
                                                lease_until, expires_at, body_bytes)
                        VALUES (:tenant, :project, :subject, :key, :digest, :request, :running, :lease, :expires, 0)
                        ON DUPLICATE KEY UPDATE request_id = request_id
                        """), call.scope(), call.key())
                .bind("digest", call.digest())
                .bind("request", call.requestId())
                .bind("running", RUNNING)
                .bind("lease", StoredTime.of(leaseUntil))
                .bind("expires", StoredTime.of(expiresAt))
                .execute();
    }

    @Override
    public Optional<KeptCall> find(CallerScope scope, IdempotencyKey key, Instant now) {
        return transactions.get().withHandle(handle -> find(handle, scope, key, now));
    }

    private Optional<KeptCall> find(Handle handle, CallerScope scope, IdempotencyKey key, Instant now) {
        return named(handle.createQuery("""
                        SELECT request_id, digest, state, lease_until, status, media_type, headers, body
                          FROM keyed_call
                         WHERE tenant_id = :tenant AND project_id = :project AND subject = :subject AND idempotency_key = :key
                           AND expires_at > :now
                        """), scope, key)
                .bind("now", StoredTime.of(now))
                .map((row, context) -> call(row, scope, key))
                .findOne();
    }

    @Override
    public boolean finish(KeyedCall call, Optional<KeptResult> result) {
        Optional<byte[]> sealed =
                result.map(kept -> masterKey.encrypt(kept.body(), place(call.scope(), call.key(), kept.requestId())));
        int finished = transactions
                .get()
                .withHandle(handle -> named(handle.createUpdate("""
                                UPDATE keyed_call
                                   SET state = :state, status = :status, media_type = :media, headers = :headers, body = :body,
                                       body_bytes = :bytes
                                 WHERE tenant_id = :tenant AND project_id = :project AND subject = :subject AND idempotency_key = :key
                                   AND request_id = :request AND state = :running
                                """), call.scope(), call.key())
                        .bind("state", result.isPresent() ? FINISHED : LOST)
                        .bind("status", result.map(KeptResult::status).orElse(null))
                        .bind("media", result.map(KeptResult::mediaType).orElse(null))
                        .bind(
                                "headers",
                                result.map(MySqlIdempotencyStore::lines).orElse(null))
                        .bind("body", sealed.orElse(null))
                        .bind("bytes", result.map(kept -> kept.body().length).orElse(0))
                        .bind("request", call.requestId())
                        .bind("running", RUNNING)
                        .execute());
        return finished > 0;
    }

    @Override
    public void release(KeyedCall call) {
        transactions
                .get()
                .withHandle(handle -> named(handle.createUpdate("""
                        DELETE FROM keyed_call
                         WHERE tenant_id = :tenant AND project_id = :project AND subject = :subject AND idempotency_key = :key
                           AND request_id = :request AND state = :running
                        """), call.scope(), call.key())
                        .bind("request", call.requestId())
                        .bind("running", RUNNING)
                        .execute());
    }

    @Override
    public void renew(Collection<KeyedCall> calls, Instant leaseUntil) {
        transactions.get().useTransaction(handle -> {
            var batch = handle.prepareBatch("""
                    UPDATE keyed_call
                       SET lease_until = :lease
                     WHERE tenant_id = :tenant AND project_id = :project AND subject = :subject AND idempotency_key = :key
                       AND request_id = :request AND state = :running
                    """);
            for (KeyedCall call : calls) {
                named(batch, call.scope(), call.key())
                        .bind("lease", StoredTime.of(leaseUntil))
                        .bind("request", call.requestId())
                        .bind("running", RUNNING)
                        .add();
            }
            batch.execute();
        });
    }

    @Override
    public int forget(Instant now, int most) {
        return transactions
                .get()
                .inTransaction(handle -> handle.createUpdate("""
                        DELETE FROM keyed_call WHERE expires_at <= :now ORDER BY expires_at LIMIT :most
                        """)
                        .bind("now", StoredTime.of(now))
                        .bind("most", most)
                        .execute());
    }

    @Override
    public Set<ProjectScope> above(long bytes) {
        return new HashSet<>(transactions
                .get()
                .withHandle(handle -> handle.createQuery("""
                        SELECT tenant_id, project_id
                          FROM keyed_call
                         GROUP BY tenant_id, project_id
                        HAVING SUM(body_bytes) + COUNT(*) * :each > :most
                        """)
                        .bind("each", BYTES_OF_A_KEY)
                        .bind("most", bytes)
                        .map((row, context) ->
                                new ProjectScope(row.getString("tenant_id"), row.getString("project_id")))
                        .list()));
    }

    private static <S extends SqlStatement<S>> S named(S statement, CallerScope scope, IdempotencyKey key) {
        return statement
                .bind("tenant", scope.tenantId())
                .bind("project", scope.projectId())
                .bind("subject", scope.subject())
                .bind("key", key.value());
    }

    private KeptCall call(ResultSet row, CallerScope scope, IdempotencyKey key) throws SQLException {
        String requestId = row.getString("request_id");
        return new KeptCall(requestId, row.getString("digest"), state(row, requestId, place(scope, key, requestId)));
    }

    private KeptCall.State state(ResultSet row, String requestId, String place) throws SQLException {
        String state = row.getString("state");
        return switch (state) {
            case RUNNING ->
                new KeptCall.State.Running(row.getTimestamp("lease_until").toInstant());
            case FINISHED ->
                new KeptCall.State.Finished(new KeptResult(
                        requestId,
                        row.getInt("status"),
                        row.getString("media_type"),
                        headers(row.getString("headers")),
                        masterKey.decrypt(row.getBytes("body"), place)));
            case LOST -> new KeptCall.State.Lost();
            default -> throw new IllegalStateException("A keyed call is " + state);
        };
    }

    /** Where an answer lies: nobody who can write to the database can have one caller's given to another. */
    private static String place(CallerScope scope, IdempotencyKey key, String requestId) {
        return String.join(
                "/",
                "gateway/keyed-call",
                scope.tenantId(),
                scope.projectId(),
                scope.subject(),
                requestId,
                key.value());
    }

    private static String lines(KeptResult result) {
        return result.headers().entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> headers(String lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            headers.put(line.substring(0, colon), line.substring(colon + 2));
        });
        return headers;
    }
}
