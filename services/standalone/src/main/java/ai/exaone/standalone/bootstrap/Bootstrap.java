package ai.exaone.standalone.bootstrap;

import ai.exaone.proto.identity.v1.ApiKey;
import ai.exaone.proto.identity.v1.CreateApiKeyResponse;
import ai.exaone.proto.identity.v1.CreateProjectResponse;
import ai.exaone.proto.identity.v1.CreateTenantResponse;
import ai.exaone.proto.identity.v1.KeyScope;
import ai.exaone.proto.identity.v1.Project;
import ai.exaone.proto.identity.v1.Tenant;
import ai.exaone.proto.quota.v1.CreateLimitResponse;
import ai.exaone.proto.quota.v1.Limit;
import ai.exaone.proto.quota.v1.LimitKind;
import java.io.IOException;
import java.util.UUID;

/**
 * Makes the demo tenant, its project, its limits and a key. Everything but the key has a fixed request id, so that a bootstrap that
 * was cut off is finished by the next one; a key is shown only once, so that one which got lost is followed by another.
 */
public final class Bootstrap {
    private static final String NAME = "demo";
    /** Above what one machine can do: the demo's limits are there to be seen, not to be met. */
    private static final long REQUESTS_PER_MINUTE = 1_000_000;

    private static final long TOKENS_PER_MINUTE = 1_000_000_000;

    private final ManagementApi api;

    public Bootstrap(ManagementApi api) {
        this.api = api;
    }

    /**
     * Makes what is missing.
     *
     * @return the key, as callers present it
     * @throws IOException when the platform refuses or cannot be reached; the next call goes on
     */
    public String run() throws IOException {
        String tenantId = api.create(
                        "/tenants",
                        "bootstrap-tenant",
                        Tenant.newBuilder().setName(NAME).setDisplayName("Demo").build(),
                        CreateTenantResponse.newBuilder())
                .getTenant()
                .getTenantId();
        String tenant = "/tenants/" + tenantId;
        String projectId = api.create(
                        tenant + "/projects",
                        "bootstrap-project",
                        Project.newBuilder()
                                .setName(NAME)
                                .setDisplayName("Demo")
                                .build(),
                        CreateProjectResponse.newBuilder())
                .getProject()
                .getProjectId();
        limit(tenant, LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE, REQUESTS_PER_MINUTE);
        limit(tenant, LimitKind.LIMIT_KIND_TOKENS_PER_MINUTE, TOKENS_PER_MINUTE);
        ApiKey key = ApiKey.newBuilder()
                .setDisplayName("Demo")
                .addScopes(KeyScope.KEY_SCOPE_INFERENCE)
                .addScopes(KeyScope.KEY_SCOPE_AGENTS)
                .addScopes(KeyScope.KEY_SCOPE_USAGE)
                .build();
        return api.create(
                        tenant + "/projects/" + projectId + "/api-keys",
                        UUID.randomUUID().toString(),
                        key,
                        CreateApiKeyResponse.newBuilder())
                .getSecret();
    }

    private void limit(String tenant, LimitKind kind, long value) throws IOException {
        api.create(
                tenant + "/limits",
                "bootstrap-" + kind.getNumber(),
                Limit.newBuilder().setKind(kind).setValue(value).build(),
                CreateLimitResponse.newBuilder());
    }
}
