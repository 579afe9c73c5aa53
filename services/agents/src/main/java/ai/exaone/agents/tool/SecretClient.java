package ai.exaone.agents.tool;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.proto.identity.internal.v1.GetSecretValuesRequest;
import ai.exaone.proto.identity.internal.v1.SecretValueServiceGrpc;
import ai.exaone.rpc.RpcErrors;
import io.grpc.Channel;
import java.util.Map;
import java.util.Set;

/** Secrets kept by identity. Thread-safe. */
public final class SecretClient implements Secrets {
    private final SecretValueServiceGrpc.SecretValueServiceBlockingStub identity;

    public SecretClient(Channel identity) {
        this.identity = SecretValueServiceGrpc.newBlockingStub(identity);
    }

    @Override
    public Map<String, String> values(ProjectScope scope, Set<String> names) {
        var request = GetSecretValuesRequest.newBuilder()
                .setTenantId(scope.tenantId())
                .setProjectId(scope.projectId())
                .addAllNames(names)
                .build();
        return RpcErrors.call(() -> identity.getSecretValues(request)).getValuesMap();
    }
}
