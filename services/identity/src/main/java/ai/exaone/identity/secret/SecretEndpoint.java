package ai.exaone.identity.secret;

import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.proto.identity.v1.DeleteSecretRequest;
import ai.exaone.proto.identity.v1.DeleteSecretResponse;
import ai.exaone.proto.identity.v1.ListSecretsRequest;
import ai.exaone.proto.identity.v1.ListSecretsResponse;
import ai.exaone.proto.identity.v1.SecretServiceGrpc;
import ai.exaone.proto.identity.v1.SetSecretRequest;
import ai.exaone.proto.identity.v1.SetSecretResponse;
import ai.exaone.rpc.TimeWire;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;

/** Secrets on the wire, never with their values. */
public final class SecretEndpoint extends SecretServiceGrpc.SecretServiceImplBase {
    private final Secrets secrets;

    public SecretEndpoint(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public void setSecret(SetSecretRequest request, StreamObserver<SetSecretResponse> responses) {
        Secret secret = secrets.set(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                request.getName(),
                new SecretValue(request.getValue()),
                Actor.current());
        responses.onNext(SetSecretResponse.newBuilder().setSecret(wire(secret)).build());
        responses.onCompleted();
    }

    @Override
    public void listSecrets(ListSecretsRequest request, StreamObserver<ListSecretsResponse> responses) {
        Page<Secret> page = secrets.list(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListSecretsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(SecretEndpoint::wire).forEach(response::addSecrets);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void deleteSecret(DeleteSecretRequest request, StreamObserver<DeleteSecretResponse> responses) {
        secrets.delete(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                request.getName(),
                Actor.current());
        responses.onNext(DeleteSecretResponse.getDefaultInstance());
        responses.onCompleted();
    }

    private static ai.exaone.proto.identity.v1.Secret wire(Secret secret) {
        return ai.exaone.proto.identity.v1.Secret.newBuilder()
                .setTenantId(secret.tenantId().value())
                .setProjectId(secret.projectId().value())
                .setName(secret.name())
                .setUpdatedBy(secret.updatedBy())
                .setCreateTime(TimeWire.of(secret.createdAt()))
                .setUpdateTime(TimeWire.of(secret.updatedAt()))
                .build();
    }
}
