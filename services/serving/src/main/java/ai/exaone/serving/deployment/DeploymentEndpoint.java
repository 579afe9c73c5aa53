package ai.exaone.serving.deployment;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.serving.v1.CreateDeploymentRequest;
import ai.exaone.proto.serving.v1.CreateDeploymentResponse;
import ai.exaone.proto.serving.v1.DeleteDeploymentRequest;
import ai.exaone.proto.serving.v1.DeleteDeploymentResponse;
import ai.exaone.proto.serving.v1.Deployment;
import ai.exaone.proto.serving.v1.DeploymentServiceGrpc;
import ai.exaone.proto.serving.v1.ExternalLauncher;
import ai.exaone.proto.serving.v1.GetDeploymentRequest;
import ai.exaone.proto.serving.v1.GetDeploymentResponse;
import ai.exaone.proto.serving.v1.ListDeploymentsRequest;
import ai.exaone.proto.serving.v1.ListDeploymentsResponse;
import ai.exaone.proto.serving.v1.ListEngineProfilesRequest;
import ai.exaone.proto.serving.v1.ListEngineProfilesResponse;
import ai.exaone.proto.serving.v1.StartDeploymentRequest;
import ai.exaone.proto.serving.v1.StartDeploymentResponse;
import ai.exaone.proto.serving.v1.StopDeploymentRequest;
import ai.exaone.proto.serving.v1.StopDeploymentResponse;
import ai.exaone.proto.serving.v1.UpdateDeploymentRequest;
import ai.exaone.proto.serving.v1.UpdateDeploymentResponse;
import ai.exaone.proto.serving.v1.WatchDeploymentsRequest;
import ai.exaone.proto.serving.v1.WatchDeploymentsResponse;
import ai.exaone.rpc.StreamingEndpoint;
import ai.exaone.serving.engine.EngineProfile;
import ai.exaone.serving.engine.EngineProfiles;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** Deployments on the wire. */
public final class DeploymentEndpoint extends DeploymentServiceGrpc.DeploymentServiceImplBase
        implements StreamingEndpoint {
    private final Deployments deployments;
    private final DeploymentWire views;
    private final EngineProfiles profiles;
    private final DeploymentStreamsWire watch;

    public DeploymentEndpoint(
            Deployments deployments, DeploymentWire views, EngineProfiles profiles, DeploymentStreamsWire watch) {
        this.deployments = deployments;
        this.views = views;
        this.profiles = profiles;
        this.watch = watch;
    }

    @Override
    public void createDeployment(CreateDeploymentRequest request, StreamObserver<CreateDeploymentResponse> responses) {
        Deployment wanted = request.getDeployment();
        var made = deployments.create(
                wanted.getModel(),
                wanted.getEngineProfile(),
                launch(wanted),
                wanted.getReplicas(),
                CreationRequest.of("", request));
        responses.onNext(CreateDeploymentResponse.newBuilder()
                .setDeployment(views.view(made))
                .build());
        responses.onCompleted();
    }

    @Override
    public void getDeployment(GetDeploymentRequest request, StreamObserver<GetDeploymentResponse> responses) {
        var found = deployments.get(new DeploymentId(request.getDeploymentId()));
        responses.onNext(GetDeploymentResponse.newBuilder()
                .setDeployment(views.view(found))
                .build());
        responses.onCompleted();
    }

    @Override
    public void listDeployments(ListDeploymentsRequest request, StreamObserver<ListDeploymentsResponse> responses) {
        var page = Page.among(
                PageRequest.of(request.getPageSize(), request.getPageToken()),
                deployments.all(),
                deployment -> deployment.model() + "\u0000" + deployment.id());
        responses.onNext(ListDeploymentsResponse.newBuilder()
                .addAllDeployments(views.views(page.items()))
                .setNextPageToken(page.nextToken())
                .build());
        responses.onCompleted();
    }

    @Override
    public void watchDeployments(WatchDeploymentsRequest request, StreamObserver<WatchDeploymentsResponse> responses) {
        watch.follow(request.getAfterSequence(), (ServerCallStreamObserver<WatchDeploymentsResponse>) responses);
    }

    @Override
    public void updateDeployment(UpdateDeploymentRequest request, StreamObserver<UpdateDeploymentResponse> responses) {
        // The number of replicas is all that can change, and a mask that names something else does not come so far.
        var after = deployments.resize(
                new DeploymentId(request.getDeploymentId()),
                request.getDeployment().getReplicas());
        responses.onNext(UpdateDeploymentResponse.newBuilder()
                .setDeployment(views.view(after))
                .build());
        responses.onCompleted();
    }

    @Override
    public void startDeployment(StartDeploymentRequest request, StreamObserver<StartDeploymentResponse> responses) {
        var after = deployments.start(new DeploymentId(request.getDeploymentId()));
        responses.onNext(StartDeploymentResponse.newBuilder()
                .setDeployment(views.view(after))
                .build());
        responses.onCompleted();
    }

    @Override
    public void stopDeployment(StopDeploymentRequest request, StreamObserver<StopDeploymentResponse> responses) {
        var after = deployments.stop(new DeploymentId(request.getDeploymentId()));
        responses.onNext(StopDeploymentResponse.newBuilder()
                .setDeployment(views.view(after))
                .build());
        responses.onCompleted();
    }

    @Override
    public void deleteDeployment(DeleteDeploymentRequest request, StreamObserver<DeleteDeploymentResponse> responses) {
        deployments.delete(new DeploymentId(request.getDeploymentId()));
        responses.onNext(DeleteDeploymentResponse.getDefaultInstance());
        responses.onCompleted();
    }

    @Override
    public void listEngineProfiles(
            ListEngineProfilesRequest request, StreamObserver<ListEngineProfilesResponse> responses) {
        var page = Page.among(
                PageRequest.of(request.getPageSize(), request.getPageToken()),
                List.copyOf(profiles.all()),
                EngineProfile::name);
        responses.onNext(ListEngineProfilesResponse.newBuilder()
                .addAllEngineProfiles(
                        page.items().stream().map(DeploymentEndpoint::message).toList())
                .setNextPageToken(page.nextToken())
                .build());
        responses.onCompleted();
    }

    @Override
    public void endStreams() {
        watch.endAll();
    }

    private static Launch launch(Deployment wanted) {
        return switch (wanted.getLauncherCase()) {
            case PROCESS ->
                new Launch.OnThisMachine(
                        wanted.getProcess().getModelPath(),
                        wanted.getProcess().getThreads(),
                        wanted.getProcess().getContextTokens());
            case EXTERNAL -> {
                ExternalLauncher external = wanted.getExternal();
                yield new Launch.Elsewhere(
                        external.getUrlsList(),
                        external.getEngineModel(),
                        Optional.of(external.getEngineKey())
                                .filter(key -> !key.isEmpty())
                                .map(EngineKey::new),
                        external.getConcurrentRequests());
            }
            case LAUNCHER_NOT_SET ->
                throw PlatformException.because(PlatformError.INVALID_REQUEST, "The deployment cannot be as requested.")
                        .violation("deployment.launcher", "is missing: give process or external")
                        .build();
        };
    }

    private static ai.exaone.proto.serving.v1.EngineProfile message(EngineProfile profile) {
        return ai.exaone.proto.serving.v1.EngineProfile.newBuilder()
                .setName(profile.name())
                .setDisplayName(profile.displayName())
                .setLaunchable(profile.launchTemplate().isPresent())
                .setToolCalls(profile.toolCalls())
                .addAllReservedFields(profile.reservedFields())
                .build();
    }
}
