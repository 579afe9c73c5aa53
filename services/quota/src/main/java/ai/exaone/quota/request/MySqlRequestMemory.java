package ai.exaone.quota.request;

import ai.exaone.errors.PlatformException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Remembers which request made which resource. */
public final class MySqlRequestMemory {
    private MySqlRequestMemory() {}

    /**
     * Claims a request id in the caller's transaction. A concurrent transaction with the same id waits for this one's end.
     *
     * @param newId the id of the resource about to be made
     * @return the id of the resource that the same request made before; empty if the caller is the first and makes it
     * @throws PlatformException REQUEST_ID_REUSED if the id belongs to a different request
     */
    public static Optional<String> claim(Handle handle, RequestKey key, String newId, Instant now) {
        if (key.requestId().isEmpty()) {
            return Optional.empty();
        }
        handle.createUpdate("""
                        INSERT INTO creation (tenant_id, rpc, request_id, content, resource_id, created_at)
                        VALUES (:tenant, :rpc, :request, :content, :resource, :now)
                        ON DUPLICATE KEY UPDATE resource_id = resource_id
                        """)
                .bind("tenant", key.tenantId())
                .bind("rpc", key.rpc())
                .bind("request", key.requestId())
                .bind("content", key.content())
                .bind("resource", newId)
                .bind("now", now)
                .execute();
        Made first = handle.createQuery("""
                        SELECT content, resource_id
                          FROM creation
                         WHERE tenant_id = :tenant AND rpc = :rpc AND request_id = :request
                        """)
                .bind("tenant", key.tenantId())
                .bind("rpc", key.rpc())
                .bind("request", key.requestId())
                .map((row, context) -> new Made(row.getString("content"), row.getString("resource_id")))
                .one();
        if (!first.content.equals(key.content())) {
            throw new PlatformException(
                    RequestError.REQUEST_ID_REUSED, "This request id was used for a different request before.");
        }
        return first.resourceId.equals(newId) ? Optional.empty() : Optional.of(first.resourceId);
    }

    private record Made(String content, String resourceId) {}
}
