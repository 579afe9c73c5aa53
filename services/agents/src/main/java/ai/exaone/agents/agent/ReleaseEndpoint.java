package ai.exaone.agents.agent;

import ai.exaone.proto.agents.v1.CreateReleaseRequest;
import ai.exaone.proto.agents.v1.CreateReleaseResponse;
import ai.exaone.proto.agents.v1.DeployReleaseRequest;
import ai.exaone.proto.agents.v1.DeployReleaseResponse;
import ai.exaone.proto.agents.v1.GetReleaseRequest;
import ai.exaone.proto.agents.v1.GetReleaseResponse;
import ai.exaone.proto.agents.v1.ListDeploymentsRequest;
import ai.exaone.proto.agents.v1.ListDeploymentsResponse;
import ai.exaone.proto.agents.v1.ListReleasesRequest;
import ai.exaone.proto.agents.v1.ListReleasesResponse;
import ai.exaone.proto.agents.v1.ReleaseServiceGrpc;
import ai.exaone.proto.agents.v1.RollbackDeploymentRequest;
import ai.exaone.proto.agents.v1.RollbackDeploymentResponse;
import ai.exaone.rpc.CallContext;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;

/** Releases and deployments on the wire. */
public final class ReleaseEndpoint extends ReleaseServiceGrpc.ReleaseServiceImplBase {
    private final Releases releases;

    public ReleaseEndpoint(Releases releases) {
        this.releases = releases;
    }

    @Override
    public void createRelease(CreateReleaseRequest request, StreamObserver<CreateReleaseResponse> responses) {
        ReleaseStore.Created created = releases.create(
                scope(request.getTenantId(), request.getProjectId()),
                new AgentId(request.getAgentId()),
                new Releases.NewRelease(request.getSpecification(), request.getNote(), caller()));
        responses.onNext(CreateReleaseResponse.newBuilder()
                .setRelease(AgentMessages.release(created.release()))
                .setExisted(created.existed())
                .build());
        responses.onCompleted();
    }

    @Override
    public void getRelease(GetReleaseRequest request, StreamObserver<GetReleaseResponse> responses) {
        Release found = releases.require(
                scope(request.getTenantId(), request.getProjectId()),
                new AgentId(request.getAgentId()),
                new ReleaseId(request.getReleaseId()));
        responses.onNext(GetReleaseResponse.newBuilder()
                .setRelease(AgentMessages.release(found))
                .build());
        responses.onCompleted();
    }

    @Override
    public void listReleases(ListReleasesRequest request, StreamObserver<ListReleasesResponse> responses) {
        Page<Release> page = releases.list(
                scope(request.getTenantId(), request.getProjectId()),
                new AgentId(request.getAgentId()),
                PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListReleasesResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().forEach(release -> response.addReleases(AgentMessages.release(release)));
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void deployRelease(DeployReleaseRequest request, StreamObserver<DeployReleaseResponse> responses) {
        Deployment deployment = releases.deploy(
                scope(request.getTenantId(), request.getProjectId()),
                new AgentId(request.getAgentId()),
                new ReleaseId(request.getReleaseId()),
                caller());
        responses.onNext(DeployReleaseResponse.newBuilder()
                .setDeployment(AgentMessages.deployment(deployment))
                .build());
        responses.onCompleted();
    }

    @Override
    public void rollbackDeployment(
            RollbackDeploymentRequest request, StreamObserver<RollbackDeploymentResponse> responses) {
        Deployment deployment = releases.rollBack(
                scope(request.getTenantId(), request.getProjectId()), new AgentId(request.getAgentId()), caller());
        responses.onNext(RollbackDeploymentResponse.newBuilder()
                .setDeployment(AgentMessages.deployment(deployment))
                .build());
        responses.onCompleted();
    }

    @Override
    public void listDeployments(ListDeploymentsRequest request, StreamObserver<ListDeploymentsResponse> responses) {
        Page<Deployment> page = releases.deployments(
                scope(request.getTenantId(), request.getProjectId()),
                new AgentId(request.getAgentId()),
                PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListDeploymentsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().forEach(deployment -> response.addDeployments(AgentMessages.deployment(deployment)));
        responses.onNext(response.build());
        responses.onCompleted();
    }

    private static ProjectScope scope(String tenantId, String projectId) {
        return new ProjectScope(tenantId, projectId);
    }

    private static String caller() {
        return CallContext.current().requirePrincipal().subject();
    }
}
