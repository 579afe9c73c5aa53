package ai.exaone.identity.secret;

import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.proto.identity.internal.v1.GetSecretValuesRequest;
import ai.exaone.proto.identity.internal.v1.GetSecretValuesResponse;
import ai.exaone.proto.identity.internal.v1.SecretValueServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/** The values of secrets, for the service agents alone. */
public final class SecretValueEndpoint extends SecretValueServiceGrpc.SecretValueServiceImplBase {
    private final Secrets secrets;

    public SecretValueEndpoint(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public void getSecretValues(GetSecretValuesRequest request, StreamObserver<GetSecretValuesResponse> responses) {
        var response = GetSecretValuesResponse.newBuilder();
        secrets.values(
                        new TenantId(request.getTenantId()),
                        new ProjectId(request.getProjectId()),
                        Set.copyOf(request.getNamesList()))
                .forEach((name, value) -> response.putValues(name, value.text()));
        responses.onNext(response.build());
        responses.onCompleted();
    }
}
