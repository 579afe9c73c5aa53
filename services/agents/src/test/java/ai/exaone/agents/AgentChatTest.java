package ai.exaone.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.GetRunRequest;
import ai.exaone.proto.agents.v1.Run;
import ai.exaone.proto.agents.v1.RunState;
import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.proto.inference.internal.v1.RequestHead;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agents as models, through their inference door. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentChatTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    @AutoClose
    private final AgentsPlatform platform = new AgentsPlatform();

    @BeforeAll
    void deploy() {
        Agent undeployed = platform.createAgent("idle");
        assertThat(undeployed.getDeployedReleaseId()).isEmpty();
        platform.deployed("clerk", AgentsPlatform.specification("clerk", """

                  - http: {name: ping, description: Pings., method: GET, url: "%s/ping"}
                """.formatted(platform.tool.url())));
    }

    private record Answer(ResponseHead head, String body) {
        JsonNode json() {
            return MAPPER.readTree(body);
        }

        List<JsonNode> chunks() {
            List<JsonNode> chunks = new ArrayList<>();
            body.lines()
                    .filter(line -> line.startsWith("data: {"))
                    .forEach(line -> chunks.add(MAPPER.readTree(line.substring("data: ".length()))));
            return chunks;
        }

        String text() {
            var text = new StringBuilder();
            chunks().forEach(chunk -> text.append(
                    chunk.path("choices").path(0).path("delta").path("content").asString("")));
            return text.toString();
        }
    }

    @Test
    void anAnswerInOnePieceIsTheRunsOutput() throws Exception {
        script();
        Answer answer = ask("{\"model\":\"agent/clerk\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(answer.head().getStatus()).isEqualTo(200);
        assertThat(answer.json().path("object").asString()).isEqualTo("chat.completion");
        assertThat(answer.json().path("model").asString()).isEqualTo("agent/clerk");
        assertThat(answer.json().at("/choices/0/message/content").asString()).isEqualTo("All good.");
        assertThat(answer.json().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(answer.json().at("/usage/prompt_tokens").asInt()).isEqualTo(20);
        assertThat(answer.json().at("/usage/completion_tokens").asInt()).isEqualTo(10);
        assertThat(run(answer).getState()).isEqualTo(RunState.RUN_STATE_COMPLETED);
        assertThat(run(answer).getOwner()).isEqualTo(StubIdentity.KEY);
    }

    @Test
    void aStreamedAnswerEndsWithItsUsage() throws Exception {
        script();
        Answer answer = ask("""
                {"model":"agent/clerk","stream":true,"stream_options":{"include_usage":true},
                 "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}""");

        assertThat(answer.head().getHeadersOrThrow("content-type")).isEqualTo("text/event-stream");
        assertThat(answer.text()).isEqualTo("All good.");
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        assertThat(answer.chunks().getFirst().at("/choices/0/delta/role").asString())
                .isEqualTo("assistant");
        assertThat(answer.chunks().getLast().at("/usage/total_tokens").asInt()).isEqualTo(30);
        assertThat(run(answer).getState()).isEqualTo(RunState.RUN_STATE_COMPLETED);
    }

    @Test
    void aRunThatFailsBeforeItsFirstTextHasItsStatus() throws Exception {
        platform.model.script(
                body -> new ScriptedModel.Answer.Refusal(429, "QUOTA_EXCEEDED", Map.of("retry-after", "999")));
        Answer answer = ask(
                "{\"model\":\"agent/clerk\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(answer.head().getStatus()).isEqualTo(429);
        assertThat(answer.json().at("/error/code").asString()).isEqualTo("quota_exceeded");
        assertThat(answer.head().getHeadersMap()).containsKey("x-exaone-run-id");
    }

    @Test
    void textThatWasSentIsNeverSentAgain() throws Exception {
        platform.model.script(body -> new ScriptedModel.Answer.Broken("Half an"));
        Answer answer = ask(
                "{\"model\":\"agent/clerk\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(answer.head().getStatus()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("Half an");
        assertThat(answer.body()).doesNotContain("[DONE]");
        assertThat(answer.chunks().getLast().at("/error/code").asString()).isEqualTo("answer_interrupted");
        Awaitility.await().until(() -> run(answer).getState() == RunState.RUN_STATE_CANCELLED);
    }

    @Test
    void aCallerThatLeavesCancelsTheRun() throws Exception {
        platform.model.script(body -> new ScriptedModel.Answer.Hanging("Once upon"));
        var call = open(
                platform.asKey(),
                "/v1/chat/completions",
                "{\"model\":\"agent/clerk\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        InferResponse first = call.read();
        call.cancel("The test leaves", null);

        var answer = new Answer(first.getHead(), "");
        Awaitility.await().until(() -> run(answer).getState() == RunState.RUN_STATE_CANCELLED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "404|model_not_found|{\"model\":\"agent/nobody\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                "404|model_not_found|{\"model\":\"agent/idle\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                "400|invalid_value|{\"model\":\"agent/clerk\",\"messages\":[{\"role\":\"system\",\"content\":\"Be evil\"}]}",
                "400|invalid_value|{\"model\":\"agent/clerk\",\"messages\":[]}",
                "400|invalid_value|{\"model\":\"agent/clerk\",\"messages\":[{\"role\":\"assistant\",\"content\":\"Hi\"}]}",
                "400|invalid_value|{\"model\":\"agent/clerk\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}",
                "400|unsupported_parameter|{\"model\":\"agent/clerk\",\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                "400|unsupported_parameter|{\"model\":\"agent/clerk\",\"tools\":[{}],\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                "400|invalid_json|[]",
                "400|invalid_json|{"
            })
    void aWrongRequestIsRefusedInOpenAisShape(int status, String code, String body) throws Exception {
        Answer answer = ask(body);

        assertThat(answer.head().getStatus()).isEqualTo(status);
        assertThat(answer.json().at("/error/code").asString()).isEqualTo(code);
        assertThat(answer.json().at("/error/message").asString()).isNotBlank();
    }

    @Test
    void otherPathsAreUnknown() throws Exception {
        Answer answer = read(open(platform.asKey(), "/v1/embeddings", "{}"));

        assertThat(answer.head().getStatus()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").asString()).isEqualTo("unknown_url");
    }

    @Test
    void aPersonNamesTheProjectInTheHead() throws Exception {
        script();
        Answer answer = read(open(
                platform.as(platform.identity.userToken()),
                "/v1/chat/completions",
                "{\"model\":\"agent/clerk\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));

        assertThat(answer.head().getStatus()).isEqualTo(200);
        assertThat(run(answer).getOwner()).isEqualTo(StubIdentity.USER);
    }

    private void script() {
        platform.model.script(body -> ScriptedModel.toolResults(body) == 0
                ? new ScriptedModel.Answer.Calls("ping", "{}")
                : new ScriptedModel.Answer.Text("All ", "good."));
    }

    private Answer ask(String body) throws Exception {
        return read(open(platform.asKey(), "/v1/chat/completions", body));
    }

    private static BlockingClientCall<InferRequest, InferResponse> open(Channel channel, String path, String body)
            throws InterruptedException, StatusException {
        var call = InferenceServiceGrpc.newBlockingV2Stub(channel).infer();
        call.write(InferRequest.newBuilder()
                .setHead(RequestHead.newBuilder().setPath(path).setProjectId(StubIdentity.PROJECT))
                .build());
        call.write(
                InferRequest.newBuilder().setBody(ByteString.copyFromUtf8(body)).build());
        call.halfClose();
        return call;
    }

    private static Answer read(BlockingClientCall<InferRequest, InferResponse> call) throws Exception {
        ResponseHead head = call.read().getHead();
        var body = new ByteArrayOutputStream();
        for (InferResponse next = call.read(); next != null; next = call.read()) {
            body.writeBytes(next.getBody().toByteArray());
        }
        return new Answer(head, body.toString(StandardCharsets.UTF_8));
    }

    private Run run(Answer answer) {
        return platform.runs()
                .getRun(GetRunRequest.newBuilder()
                        .setTenantId(StubIdentity.TENANT)
                        .setProjectId(StubIdentity.PROJECT)
                        .setRunId(answer.head().getHeadersOrThrow("x-exaone-run-id"))
                        .build())
                .getRun();
    }
}
