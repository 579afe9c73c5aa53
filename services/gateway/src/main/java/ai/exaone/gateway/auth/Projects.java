package ai.exaone.gateway.auth;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.v1.GetProjectRequest;
import ai.exaone.proto.identity.v1.ProjectServiceGrpc;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcError;
import ai.exaone.rpc.RpcErrors;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.grpc.Channel;
import java.time.Duration;

/** Says whether a project is one of a tenant's. A person's token names no project, so the path's is checked. Thread-safe. */
public final class Projects {
    private static final int MOST_PROJECTS = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Channel identity;
    private final Cache<TenantProject, Boolean> known = Caffeine.newBuilder()
            .maximumSize(MOST_PROJECTS)
            .expireAfterWrite(REMEMBERED)
            .build();

    private record TenantProject(String tenantId, String projectId) {}

    public Projects(Channel identity) {
        this.identity = identity;
    }

    /**
     * Requires that a project exists for a caller.
     *
     * @throws PlatformException of category NOT_FOUND when it does not
     */
    public void require(Credentials.Exchanged caller, String tenantId, String projectId) {
        if (caller.principal().projectId().isPresent()) {
            requireBound(caller, projectId);
            return;
        }
        TenantProject project = new TenantProject(tenantId, projectId);
        if (known.getIfPresent(project) == null) {
            GetProjectRequest request = GetProjectRequest.newBuilder()
                    .setTenantId(tenantId)
                    .setProjectId(projectId)
                    .build();
            RpcErrors.call(() -> ProjectServiceGrpc.newBlockingStub(RpcChannels.asCaller(identity, caller.token()))
                    .getProject(request));
            known.put(project, true);
        }
    }

    /** What a key is bound to exists: identity has just vouched for it. */
    private static void requireBound(Credentials.Exchanged caller, String projectId) {
        if (caller.principal().projectId().filter(projectId::equals).isEmpty()) {
            throw notFound();
        }
    }

    /** There is no such tenant or project for the caller. */
    public static PlatformException notFound() {
        return new PlatformException(RpcError.RESOURCE_NOT_FOUND, "There is no such project.");
    }
}
