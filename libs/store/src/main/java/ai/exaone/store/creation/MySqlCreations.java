package ai.exaone.store.creation;

import ai.exaone.chores.Chore;
import ai.exaone.errors.PlatformException;
import ai.exaone.store.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Which request made which resource. Thread-safe. A service that has one creates its table in a migration of its own:
 *
 * <pre>{@code
 * CREATE TABLE creation (
 *     tenant_id    VARCHAR(64) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
 *     rpc          VARCHAR(64) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
 *     request_id   VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
 *     content_hash CHAR(64)    CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
 *     resource_id  VARCHAR(64) CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
 *     created_at   DATETIME(6)                                           NOT NULL,
 *     PRIMARY KEY (tenant_id, rpc, request_id),
 *     KEY creation_age (created_at)
 * ) ENGINE = InnoDB;
 * }</pre>
 */
public final class MySqlCreations {
    /** How long a request id is remembered at least. */
    public static final Duration REMEMBERED = Duration.ofHours(48);

    private static final Duration PRUNE_PAUSE = Duration.ofHours(1);
    private static final int PRUNE_BATCH = 500;

    private final Transactions transactions;
    private final Clock clock;

    public MySqlCreations(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Claims a request id in the caller's transaction. A concurrent transaction with the same id waits for this one's end.
     *
     * @param request empty where the caller gave no id: then everybody is the first
     * @param newId the id of the resource about to be made
     * @return the id of the resource that the same request made before; empty if the caller is the first and makes it
     * @throws PlatformException REQUEST_ID_REUSED if the id belongs to a different request
     */
    public Optional<String> claim(Handle handle, Optional<CreationRequest> request, String newId) {
        return request.flatMap(named -> claim(handle, named, newId));
    }

    private Optional<String> claim(Handle handle, CreationRequest request, String newId) {
        // Takes the row's lock whether it is new or not, and so waits for a transaction that is making the same.
        handle.createUpdate("""
                        INSERT INTO creation (tenant_id, rpc, request_id, content_hash, resource_id, created_at)
                        VALUES (:tenant, :rpc, :request, :hash, :resource, :now)
                        ON DUPLICATE KEY UPDATE resource_id = resource_id
                        """)
                .bind("tenant", request.tenantId())
                .bind("rpc", request.rpc())
                .bind("request", request.requestId())
                .bind("hash", request.contentHash())
                .bind("resource", newId)
                .bind("now", clock.instant())
                .execute();
        String first = find(handle, request).orElseThrow();
        return first.equals(newId) ? Optional.empty() : Optional.of(first);
    }

    /**
     * The id of the resource that the same request made before.
     *
     * @throws PlatformException REQUEST_ID_REUSED if the id belongs to a different request
     */
    public Optional<String> find(Handle handle, CreationRequest request) {
        Optional<First> first = handle.createQuery("""
                        SELECT content_hash, resource_id
                          FROM creation
                         WHERE tenant_id = :tenant AND rpc = :rpc AND request_id = :request
                        """)
                .bind("tenant", request.tenantId())
                .bind("rpc", request.rpc())
                .bind("request", request.requestId())
                .map((row, context) -> new First(row.getString("content_hash"), row.getString("resource_id")))
                .findOne();
        if (first.isPresent() && !first.get().contentHash.equals(request.contentHash())) {
            throw new PlatformException(
                    CreationError.REQUEST_ID_REUSED, "This request id was used for a different request before.");
        }
        return first.map(First::resourceId);
    }

    /** Forgets from time to time what is older than {@link #REMEMBERED}. */
    public Chore pruning() {
        return new Chore("Forgetting request ids", PRUNE_PAUSE, this::prune);
    }

    /** Some at a time: no row is locked for long, and none that a creation may need. */
    void prune() {
        Instant before = clock.instant().minus(REMEMBERED);
        transactions.removeInBatches(
                PRUNE_BATCH,
                handle -> handle.createUpdate("""
                        DELETE FROM creation WHERE created_at < :before ORDER BY created_at LIMIT :batch
                        """)
                        .bind("before", before)
                        .bind("batch", PRUNE_BATCH)
                        .execute());
    }

    private record First(String contentHash, String resourceId) {}
}
