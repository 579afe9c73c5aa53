package ai.exaone.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.exaone.proto.serving.internal.v1.Route;
import ai.exaone.proto.serving.internal.v1.RouteReplica;
import ai.exaone.proto.serving.v1.CreateDeploymentRequest;
import ai.exaone.proto.serving.v1.CreateModelRequest;
import ai.exaone.proto.serving.v1.Deployment;
import ai.exaone.proto.serving.v1.GetDeploymentRequest;
import ai.exaone.proto.serving.v1.ListModelsRequest;
import ai.exaone.proto.serving.v1.Model;
import ai.exaone.proto.serving.v1.ModelCapability;
import ai.exaone.proto.serving.v1.ObservedState;
import ai.exaone.proto.serving.v1.ProcessLauncher;
import ai.exaone.proto.serving.v1.StopDeploymentRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EXAONE 4 and K-EXAONE as llama.cpp runs them, in random weights: one by the settings, one deployed by an admin. */
@Tag("server")
final class ExaoneArchitecturesTest {
    private static RunningServing serving;

    @BeforeAll
    static void start() throws IOException {
        serving = new RunningServing();
        Path weights = serving.folder().resolve("weights");
        TinyExaone.write(weights);
        serving.start(Map.of(
                "exaone.serving.python", EnginePython.interpreter().toString(),
                "exaone.serving.gguf",
                        weights.resolve(TinyExaone.EXAONE4 + ".gguf").toString()));
        serving.awaitReplicas(TinyExaone.EXAONE4, 1);
        serving.models()
                .createModel(CreateModelRequest.newBuilder()
                        .setModel(Model.newBuilder()
                                .setName(TinyExaone.K_EXAONE)
                                .addCapabilities(ModelCapability.MODEL_CAPABILITY_CHAT)
                                .setContextTokens(4096))
                        .build());
        serving.deployments()
                .createDeployment(CreateDeploymentRequest.newBuilder()
                        .setDeployment(Deployment.newBuilder()
                                .setModel(TinyExaone.K_EXAONE)
                                .setEngineProfile("llama-cpp")
                                .setProcess(ProcessLauncher.newBuilder()
                                        .setModelPath(weights.resolve(TinyExaone.K_EXAONE + ".gguf")
                                                .toString())
                                        .setContextTokens(1024)))
                        .build());
        serving.awaitReplicas(TinyExaone.K_EXAONE, 1);
    }

    @AfterAll
    static void end() {
        serving.close();
    }

    @Test
    void theInstallationsOwnWeightsTakeThePlaceOfTheBuiltInChatModel() {
        Route route = serving.awaitReplicas(TinyExaone.EXAONE4, 1);
        assertThat(route.getContextTokens()).isEqualTo(4096);
        assertThat(serving.routes()).doesNotContainKey("SmolLM2-135M-Instruct").containsKey("multilingual-e5-small");
        Model model = serving.models().listModels(ListModelsRequest.getDefaultInstance()).getModelsList().stream()
                .filter(each -> each.getName().equals(TinyExaone.EXAONE4))
                .findFirst()
                .orElseThrow();
        assertThat(model.getLicence()).isEqualTo("CC0-1.0");
        assertThat(model.getBuiltIn()).isFalse();
    }

    @Test
    void aDeploymentMayServeLessThanTheModelsContext() throws Exception {
        Route route = serving.awaitReplicas(TinyExaone.K_EXAONE, 1);
        assertThat(route.getContextTokens()).isEqualTo(1024);
        var answer = EngineClient.post(
                route.getReplicas(0),
                "/v1/chat/completions",
                "{'max_tokens':1,'messages':[{'role':'user','content':'" + "가".repeat(1100) + "'}]}");
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {TinyExaone.EXAONE4, TinyExaone.K_EXAONE})
    void whetherItThinksIsSaidInTheRequest(String model) throws Exception {
        assertThat(prompt(model, true)).contains("안녕").endsWith("<think>\n");
        assertThat(prompt(model, false)).contains("안녕").endsWith("<think>\n\n</think>\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {TinyExaone.EXAONE4, TinyExaone.K_EXAONE})
    void aSchemaConstrainsTheAnswer(String model) throws Exception {
        JsonNode answer = EngineClient.postForJson(replica(model), "/v1/chat/completions", """
                {"max_tokens":400,"messages":[{"role":"user","content":"준비됐나요?"}],
                 "chat_template_kwargs":{"enable_thinking":false},
                 "response_format":{"type":"json_schema","json_schema":{"name":"state","schema":{
                   "type":"object","properties":{"ready":{"type":"boolean"},"city":{"enum":["Seoul","Busan"]}},
                   "required":["ready","city"],"additionalProperties":false}}}}
                """);
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        JsonNode content = new ObjectMapper()
                .readTree(answer.at("/choices/0/message/content").asText());
        assertThat(content.path("ready").isBoolean()).isTrue();
        assertThat(content.path("city").asText()).isIn("Seoul", "Busan");
        assertThat(content).hasSize(2);
    }

    @Test
    void weightsThatAreNoneAreSaidToBe() throws Exception {
        Path garbage = Files.writeString(serving.folder().resolve("garbage.gguf"), "no weights");
        serving.models()
                .createModel(CreateModelRequest.newBuilder()
                        .setModel(Model.newBuilder()
                                .setName("garbage")
                                .addCapabilities(ModelCapability.MODEL_CAPABILITY_CHAT))
                        .build());
        Deployment made = serving.deployments()
                .createDeployment(CreateDeploymentRequest.newBuilder()
                        .setDeployment(Deployment.newBuilder()
                                .setModel("garbage")
                                .setEngineProfile("llama-cpp")
                                .setProcess(ProcessLauncher.newBuilder().setModelPath(garbage.toString())))
                        .build())
                .getDeployment();
        var id = made.getDeploymentId();
        await().until(() -> serving
                .deployments()
                .getDeployment(
                        GetDeploymentRequest.newBuilder().setDeploymentId(id).build())
                .getDeployment()
                .getReplicaStatesList()
                .stream()
                .anyMatch(replica -> replica.getState() == ObservedState.OBSERVED_STATE_BACKING_OFF
                        && replica.getRestarts() > 0
                        && replica.getDetail().contains("cannot serve " + garbage)));
        assertThat(serving.awaitReplicas("garbage", 0).getModel()).isEqualTo("garbage");
        serving.deployments()
                .stopDeployment(
                        StopDeploymentRequest.newBuilder().setDeploymentId(id).build());
    }

    private static String prompt(String model, boolean thinking) throws Exception {
        String body = "{'messages':[{'role':'user','content':'안녕'}],'chat_template_kwargs':{'enable_thinking':"
                + thinking + "}}";
        return EngineClient.postForJson(replica(model), "/apply-template", body)
                .path("prompt")
                .asText();
    }

    private static RouteReplica replica(String model) {
        return serving.awaitReplicas(model, 1).getReplicas(0);
    }
}
