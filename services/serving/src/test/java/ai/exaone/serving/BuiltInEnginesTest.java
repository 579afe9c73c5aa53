package ai.exaone.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.RouteReplica;
import ai.exaone.proto.serving.internal.v1.ThinkingDefault;
import ai.exaone.proto.serving.v1.Deployment;
import ai.exaone.proto.serving.v1.ListDeploymentsRequest;
import ai.exaone.proto.serving.v1.ObservedState;
import ai.exaone.proto.serving.v1.Replica;
import ai.exaone.proto.serving.v1.StartDeploymentRequest;
import ai.exaone.proto.serving.v1.StopDeploymentRequest;
import ai.exaone.proto.serving.v1.UpdateDeploymentRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.FieldMask;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engines that come with the platform, real ones, from their start to their end. */
@Tag("server")
final class BuiltInEnginesTest {
    private static final String CHAT = "SmolLM2-135M-Instruct";
    private static final String EMBEDDINGS = "multilingual-e5-small";

    private static RunningServing serving;

    @BeforeAll
    static void start() throws IOException {
        serving = new RunningServing();
        serving.start(Map.of("exaone.serving.python", EnginePython.interpreter().toString()));
    }

    @AfterAll
    static void end() {
        serving.close();
    }

    @BeforeEach
    void bothModelsAreServed() {
        serving.awaitReplicas(CHAT, 1);
        serving.awaitReplicas(EMBEDDINGS, 1);
    }

    @Test
    void aChatIsAnsweredUnderThePublicNameAndOnlyWithTheKey() throws Exception {
        Route route = serving.awaitReplicas(CHAT, 1);
        assertThat(route.getProfile().getName()).isEqualTo("llama-cpp");
        assertThat(route.getProfile().getToolCalls()).isFalse();
        assertThat(route.getProfile().getThinking()).isEqualTo(ThinkingDefault.THINKING_DEFAULT_NEVER);
        assertThat(route.getContextTokens()).isEqualTo(4096);
        assertThat(route.getReplicas(0).getConcurrentRequests()).isEqualTo(2);

        String body =
                "{'model':'" + CHAT + "','max_tokens':16,'messages':[{'role':'user','content':'Capital of France?'}]}";
        JsonNode answer = EngineClient.postForJson(route.getReplicas(0), "/v1/chat/completions", body);
        assertThat(answer.at("/model").asText()).isEqualTo(CHAT);
        assertThat(answer.at("/choices/0/message/content").asText()).isNotBlank();
        assertThat(answer.at("/usage/completion_tokens").asInt()).isPositive();

        RouteReplica stranger = route.getReplicas(0).toBuilder().setKey("wrong").build();
        assertThat(EngineClient.post(stranger, "/v1/chat/completions", body).statusCode())
                .isEqualTo(401);
    }

    @Test
    void koreanTextsAreEmbedded() throws Exception {
        Route route = serving.awaitReplicas(EMBEDDINGS, 1);
        JsonNode answer = EngineClient.postForJson(
                route.getReplicas(0),
                "/v1/embeddings",
                "{'model':'" + EMBEDDINGS + "','input':['휴가 신청','annual leave']}");
        assertThat(answer.at("/data")).hasSize(2);
        assertThat(answer.at("/data/1/embedding")).hasSize(384);
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isPositive();
        assertThat(EngineClient.post(route.getReplicas(0), "/v1/embeddings", "{'input':[1]}")
                        .statusCode())
                .isEqualTo(400);
        RouteReplica stranger = route.getReplicas(0).toBuilder().setKey("wrong").build();
        assertThat(EngineClient.post(stranger, "/v1/embeddings", "{'input':'x'}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theKeyIsInNoListOfProcessesAndTheRecordIsTheOwnersOnly() throws Exception {
        RouteReplica replica = serving.awaitReplicas(CHAT, 1).getReplicas(0);
        long pid = replicas(CHAT).getFirst().getPid();
        assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline"))).doesNotContain(replica.getKey());
        assertThat(Files.readString(serving.runDir().resolve("engine-" + CHAT + "-1.pid"))
                        .strip())
                .isEqualTo(Long.toString(pid));
        Path record = serving.runDir().resolve("engines").resolve(replica.getReplicaId() + ".json");
        assertThat(Files.getPosixFilePermissions(record)).hasSize(2);
    }

    @Test
    void theEngineStopsGeneratingWhenItsClientLeaves() throws Exception {
        RouteReplica replica = serving.awaitReplicas(CHAT, 1).getReplicas(0);
        HttpResponse<InputStream> answer = EngineClient.open(
                replica,
                "/v1/chat/completions",
                "{'stream':true,'ignore_eos':true,'max_tokens':3500,'messages':[{'role':'user','content':'Tell a long story.'}]}");
        assertThat(answer.body().readNBytes(64)).hasSize(64);
        await().until(() -> working(replica));
        answer.body().close();
        await().until(() -> !working(replica));
    }

    @Test
    void aKilledEngineIsReplacedAndItsRouteRestored() throws Exception {
        RouteReplica before = serving.awaitReplicas(CHAT, 1).getReplicas(0);
        Replica state = replicas(CHAT).getFirst();
        ProcessHandle.of(state.getPid()).orElseThrow().destroyForcibly();

        serving.awaitReplicas(CHAT, 0);
        Route after = serving.awaitReplicas(CHAT, 1);
        assertThat(after.getReplicas(0).getReplicaId()).isNotEqualTo(before.getReplicaId());
        assertThat(after.getReplicas(0).getKey()).isNotEqualTo(before.getKey());
        assertThat(replicas(CHAT).getFirst().getRestarts()).isEqualTo(state.getRestarts() + 1);
        Path record = serving.runDir().resolve("engines").resolve(before.getReplicaId() + ".json");
        await().until(() -> Files.notExists(record));
    }

    @Test
    void twoReplicasAreServedAndOneLeavesAgain() throws Exception {
        resize(2);
        Route two = serving.awaitReplicas(CHAT, 2);
        assertThat(two.getReplicas(0).getUrl()).isNotEqualTo(two.getReplicas(1).getUrl());
        resize(1);
        assertThat(serving.awaitReplicas(CHAT, 1).getReplicas(0)).isEqualTo(two.getReplicas(0));
        await().until(() -> replicas(CHAT).size() == 1);
    }

    @Test
    void aStoppedDeploymentFinishesWhatItWasAskedAndEnds() throws Exception {
        RouteReplica replica = serving.awaitReplicas(CHAT, 1).getReplicas(0);
        long pid = replicas(CHAT).getFirst().getPid();
        HttpResponse<InputStream> answer = EngineClient.open(
                replica,
                "/v1/chat/completions",
                "{'stream':true,'ignore_eos':true,'max_tokens':200,'messages':[{'role':'user','content':'Tell a story.'}]}");
        String id = deployment(CHAT).getDeploymentId();
        var stopped = serving.deployments()
                .stopDeployment(
                        StopDeploymentRequest.newBuilder().setDeploymentId(id).build());
        assertThat(stopped.getDeployment().getDesiredState().name()).isEqualTo("DESIRED_STATE_STOPPED");

        serving.awaitReplicas(CHAT, 0);
        assertThat(new String(answer.body().readAllBytes())).endsWith("data: [DONE]\n\n");
        await().until(() -> ProcessHandle.of(pid).isEmpty());
        await().until(() -> deployment(CHAT).getObservedState() == ObservedState.OBSERVED_STATE_STOPPED);
        await().until(() -> Files.notExists(serving.runDir().resolve("engine-" + CHAT + "-1.pid")));

        serving.deployments()
                .startDeployment(
                        StartDeploymentRequest.newBuilder().setDeploymentId(id).build());
        serving.awaitReplicas(CHAT, 1);
    }

    private static void resize(int replicas) {
        serving.deployments()
                .updateDeployment(UpdateDeploymentRequest.newBuilder()
                        .setDeploymentId(deployment(CHAT).getDeploymentId())
                        .setDeployment(Deployment.newBuilder().setReplicas(replicas))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("replicas"))
                        .build());
    }

    private static Deployment deployment(String model) {
        return serving
                .deployments()
                .listDeployments(ListDeploymentsRequest.getDefaultInstance())
                .getDeploymentsList()
                .stream()
                .filter(deployment -> deployment.getModel().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static List<Replica> replicas(String model) {
        return deployment(model).getReplicaStatesList();
    }

    private static boolean working(RouteReplica replica) throws IOException, InterruptedException {
        return EngineClient.get(replica, "/metrics").contains("llamacpp:requests_processing 1");
    }
}
