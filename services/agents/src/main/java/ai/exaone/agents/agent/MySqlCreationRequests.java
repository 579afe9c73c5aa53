package ai.exaone.agents.agent;

import ai.exaone.errors.PlatformException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What creates with a request id made. Works in the transaction of the creation. */
public final class MySqlCreationRequests {
    private MySqlCreationRequests() {}

    /**
     * Remembers a creation, or finds that it was done before. A concurrent creation with the same id is waited for.
     *
     * @return the id of what the same request made before; empty if this is the first
     * @throws PlatformException REQUEST_ID_REUSED if the id was used for something else
     */
    public static Optional<String> remember(
            Handle handle, String tenantId, String rpc, CreationRequest request, String resourceId, Instant now) {
        int inserted = handle.createUpdate("""
                        INSERT IGNORE INTO creation_request (tenant_id, rpc, request_id, fingerprint, resource_id, created_at)
                        VALUES (:tenant, :rpc, :request, :fingerprint, :resource, :now)
                        """)
                .bind("tenant", tenantId)
                .bind("rpc", rpc)
                .bind("request", request.requestId())
                .bind("fingerprint", request.fingerprint())
                .bind("resource", resourceId)
                .bind("now", now)
                .execute();
        if (inserted == 1) {
            return Optional.empty();
        }
        Earlier earlier = handle.createQuery("""
                        SELECT fingerprint, resource_id
                          FROM creation_request
                         WHERE tenant_id = :tenant AND rpc = :rpc AND request_id = :request
                        """)
                .bind("tenant", tenantId)
                .bind("rpc", rpc)
                .bind("request", request.requestId())
                .map((row, context) -> new Earlier(row.getString("fingerprint"), row.getString("resource_id")))
                .one();
        if (!earlier.fingerprint.equals(request.fingerprint())) {
            throw new PlatformException(
                    AgentError.REQUEST_ID_REUSED, "The request id was used for a different request before.");
        }
        return Optional.of(earlier.resourceId);
    }

    private record Earlier(String fingerprint, String resourceId) {}
}
