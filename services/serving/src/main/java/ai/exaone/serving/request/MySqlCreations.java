package ai.exaone.serving.request;

import ai.exaone.errors.PlatformException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Remembers which request made which resource. Thread-safe. */
public final class MySqlCreations {
    private final Clock clock;

    public MySqlCreations(Clock clock) {
        this.clock = clock;
    }

    /**
     * Claims a request id in the caller's transaction. A concurrent transaction with the same id waits for this one's end.
     *
     * @param newId the id of the resource about to be made
     * @return the id of the resource that the same request made before; empty if the caller makes it now
     * @throws PlatformException REQUEST_ID_REUSED if the id belongs to a different request
     */
    public Optional<String> claim(Handle handle, Optional<CreationRequest> request, String newId) {
        return request.flatMap(named -> claim(handle, named, newId));
    }

    private Optional<String> claim(Handle handle, CreationRequest request, String newId) {
        handle.createUpdate("""
                        INSERT INTO creation (rpc, request_id, content, resource_id, created_at)
                        VALUES (:rpc, :request, :content, :resource, :now)
                        ON DUPLICATE KEY UPDATE resource_id = resource_id
                        """)
                .bind("rpc", request.rpc())
                .bind("request", request.requestId())
                .bind("content", request.content())
                .bind("resource", newId)
                .bind("now", clock.instant())
                .execute();
        First first = handle.createQuery(
                        "SELECT content, resource_id FROM creation WHERE rpc = :rpc AND request_id = :request")
                .bind("rpc", request.rpc())
                .bind("request", request.requestId())
                .map((row, context) -> new First(row.getBytes("content"), row.getString("resource_id")))
                .one();
        if (!MessageDigest.isEqual(first.content, request.content())) {
            throw new PlatformException(
                    RequestError.REQUEST_ID_REUSED, "This request id was used for a different request before.");
        }
        return first.resourceId.equals(newId) ? Optional.empty() : Optional.of(first.resourceId);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record First(byte[] content, String resourceId) {}
}
