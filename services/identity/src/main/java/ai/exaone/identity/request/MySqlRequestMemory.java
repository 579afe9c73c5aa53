package ai.exaone.identity.request;

import ai.exaone.errors.PlatformException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Remembers which request made which resource. Thread-safe. */
public final class MySqlRequestMemory {
    private final Clock clock;

    public MySqlRequestMemory(Clock clock) {
        this.clock = clock;
    }

    /**
     * Claims a request id in the caller's transaction. A concurrent transaction with the same id waits for this one's end.
     *
     * @param newId the id of the resource about to be made
     * @return the id of the resource that the same request made before; empty if the caller is the first and makes it
     * @throws PlatformException REQUEST_ID_REUSED if the id belongs to a different request
     */
    public Optional<String> claim(Handle handle, Optional<RequestKey> key, String newId) {
        return key.flatMap(request -> claim(handle, request, newId));
    }

    private Optional<String> claim(Handle handle, RequestKey key, String newId) {
        handle.createUpdate("""
                        INSERT INTO remembered_request (tenant_id, rpc, request_id, content_hash, resource_id, created_at)
                        VALUES (:tenant, :rpc, :request, :hash, :resource, :now)
                        ON DUPLICATE KEY UPDATE resource_id = resource_id
                        """)
                .bind("tenant", key.tenantId())
                .bind("rpc", key.rpc())
                .bind("request", key.requestId())
                .bind("hash", key.contentHash())
                .bind("resource", newId)
                .bind("now", clock.instant())
                .execute();
        String first = find(handle, key).orElseThrow();
        return first.equals(newId) ? Optional.empty() : Optional.of(first);
    }

    /**
     * The id of the resource that the same request made before.
     *
     * @throws PlatformException REQUEST_ID_REUSED if the id belongs to a different request
     */
    public Optional<String> find(Handle handle, RequestKey key) {
        Optional<Remembered> first = handle.createQuery("""
                        SELECT content_hash, resource_id
                          FROM remembered_request
                         WHERE tenant_id = :tenant AND rpc = :rpc AND request_id = :request
                        """)
                .bind("tenant", key.tenantId())
                .bind("rpc", key.rpc())
                .bind("request", key.requestId())
                .map((row, context) -> new Remembered(row.getBytes("content_hash"), row.getString("resource_id")))
                .findOne();
        if (first.isPresent() && !MessageDigest.isEqual(first.get().contentHash, key.contentHash())) {
            throw new PlatformException(
                    RequestError.REQUEST_ID_REUSED, "This request id was used for a different request before.");
        }
        return first.map(Remembered::resourceId);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Remembered(byte[] contentHash, String resourceId) {}
}
