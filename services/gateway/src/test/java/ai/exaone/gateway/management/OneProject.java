package ai.exaone.gateway.management;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.v1.GetProjectRequest;
import ai.exaone.proto.identity.v1.GetProjectResponse;
import ai.exaone.proto.identity.v1.Project;
import ai.exaone.proto.identity.v1.ProjectServiceGrpc;
import ai.exaone.rpc.RpcError;
import io.grpc.stub.StreamObserver;

/** Identity's projects, of which the tenant has one. */
final class OneProject extends ProjectServiceGrpc.ProjectServiceImplBase {
    @Override
    public void getProject(GetProjectRequest request, StreamObserver<GetProjectResponse> responses) {
        if (!request.getProjectId().equals(ManagementCluster.PROJECT)) {
            throw new PlatformException(RpcError.RESOURCE_NOT_FOUND, "There is no such project.");
        }
        responses.onNext(GetProjectResponse.newBuilder()
                .setProject(Project.newBuilder().setProjectId(request.getProjectId()))
                .build());
        responses.onCompleted();
    }
}
