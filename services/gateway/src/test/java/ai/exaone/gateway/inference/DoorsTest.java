package ai.exaone.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.fakes.Answers;
import ai.exaone.gateway.fakes.Caller;
import ai.exaone.gateway.fakes.GatewayCluster;
import ai.exaone.gateway.fakes.InMemoryServing;
import ai.exaone.gateway.fakes.StubEngine;
import ai.exaone.gateway.fakes.TestIds;
import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.proto.inference.internal.v1.RequestHead;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import ai.exaone.rpc.RpcChannels;
import com.google.protobuf.ByteString;
import io.grpc.stub.BlockingClientCall;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform's own door, and agents as models: the same pipeline over gRPC. */
@Tag("server")
class DoorsTest {
    private static final String HELLO = "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String AGENT =
            "{\"model\":\"agent/clerk\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String AGENT_STREAM =
            "{\"stream\":true,\"model\":\"agent/clerk\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir
    private static Path spool;

    private static StubEngine engine;
    private static GatewayCluster cluster;
    private static Caller caller;

    @BeforeAll
    static void start() {
        engine = StubEngine.start(Answers::words);
        cluster = GatewayCluster.start(spool);
        cluster.serving.put(InMemoryServing.chat("chat", List.of(engine.url())).build());
        caller = new Caller(cluster.url(), cluster.identity.addKey(TestIds.KEY, List.of(), Optional.empty()));
    }

    @BeforeEach
    void words() {
        engine.behave(Answers::words);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        engine.close();
    }

    @Test
    void answersARunAndRecordsIt() throws Exception {
        var call = open(cluster.identity.runToken(1, List.of()));
        send(call, HELLO);
        ResponseHead head = call.read().getHead();

        assertThat(head.getStatus()).isEqualTo(200);
        assertThat(readBody(call)).isEqualTo(Answers.chat("one two three"));
        UsageRecord usage = recordOf(head.getHeadersOrThrow("x-request-id"));
        assertThat(usage.getSubject()).isEqualTo(TestIds.RUN);
        assertThat(usage.getRunId()).isEqualTo(TestIds.RUN);
        assertThat(usage.getAgentId()).isEqualTo(TestIds.AGENT);
        assertThat(usage.getKeyId()).isEqualTo(TestIds.KEY);
        assertThat(usage.getOutputTokens()).isEqualTo(3);
    }

    @Test
    void refusesAModelThatTheRunMayNotCall() throws Exception {
        var call = open(cluster.identity.runToken(1, List.of("other")));
        send(call, HELLO);

        assertThat(call.read().getHead().getStatus()).isEqualTo(404);
        assertThat(readBody(call)).contains("\"code\":\"model_not_found\"");
    }

    @Test
    void stopsTheGenerationWhenACallIsCancelled() throws Exception {
        int before = engine.abandoned();
        engine.behave((request, reply) -> {
            reply.beginStream();
            reply.event(Answers.part("one"));
            reply.awaitReaderGone();
        });
        var call = open(cluster.identity.runToken(1, List.of()));
        send(call, HELLO.replace("{\"model\"", "{\"stream\":true,\"model\""));
        ResponseHead head = call.read().getHead();
        assertThat(call.read().getBody().toStringUtf8()).contains("one");
        call.cancel("enough", null);

        Awaitility.await().until(() -> engine.abandoned() == before + 1);
        UsageRecord usage = recordOf(head.getHeadersOrThrow("x-request-id"));
        assertThat(usage.getOutcome()).isEqualTo(Outcome.OUTCOME_CLIENT_CLOSED);
        Awaitility.await()
                .until(() -> cluster.quota.settlement(usage.getRequestId()).isPresent());
    }

    @Test
    void callsAnAgentAsAModelAndCountsOneRequestAndNoTokens() throws Exception {
        cluster.agents.answer(true, Answers.chat("from an agent"));
        HttpResponse<String> answer = caller.post("/v1/chat/completions", AGENT);

        assertThat(answer.body()).contains("from an agent");
        assertThat(cluster.agents.bodies().getLast()).isEqualTo(AGENT);
        assertThat(cluster.agents.heads().getLast().getDepth()).isEqualTo(1);
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        assertThat(cluster.agents.heads().getLast().getRequestId()).isEqualTo(id);
        UsageRecord usage = recordOf(id);
        assertThat(usage.getModel()).isEqualTo("agent/clerk");
        assertThat(usage.getInputTokens() + usage.getOutputTokens()).isZero();
        assertThat(cluster.quota.holds())
                .filteredOn(hold -> hold.getRequestId().equals(id))
                .singleElement()
                .satisfies(hold -> assertThat(hold.getInputTokens() + hold.getOutputTokens())
                        .isZero());
    }

    @Test
    void streamsAnAgentWhateverItsFrames() throws Exception {
        String stream = "data: " + Answers.part("one") + "\n\n: working\n\ndata: " + Answers.finish("stop")
                + "\n\ndata: [DONE]\n\n";
        cluster.agents.answer(true, stream.substring(0, 50), stream.substring(50, 170), stream.substring(170));

        assertThat(caller.post("/v1/chat/completions", AGENT_STREAM).body()).isEqualTo(stream);
    }

    @Test
    void cancelsAnAgentWhoseCallerLeft() throws Exception {
        cluster.agents.answer(false, "data: " + Answers.part("one") + "\n\n");
        try (var socket = caller.socket("/v1/chat/completions", AGENT_STREAM)) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        assertThat(cluster.agents.cancelled().await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void boundsHowDeeplyAgentsCallAgents() throws Exception {
        var call = open(cluster.identity.runToken(5, List.of()));
        send(call, AGENT);

        assertThat(call.read().getHead().getStatus()).isEqualTo(400);
        assertThat(readBody(call)).contains("\"code\":\"agent_depth_exceeded\"");
    }

    @Test
    void takesARunsTokenOnThePublicDoorToo() throws Exception {
        Caller run = new Caller(cluster.url(), cluster.identity.runToken(1, List.of("chat")));

        assertThat(run.post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(200);
        assertThat(new Caller(cluster.url(), "a.b.c").get("/v1/models").statusCode())
                .isEqualTo(401);
    }

    private static BlockingClientCall<InferRequest, InferResponse> open(String token) {
        return InferenceServiceGrpc.newBlockingV2Stub(RpcChannels.asCaller(cluster.channel(), token))
                .infer();
    }

    private static void send(BlockingClientCall<InferRequest, InferResponse> call, String body) throws Exception {
        call.write(InferRequest.newBuilder()
                .setHead(
                        RequestHead.newBuilder().setPath("/v1/chat/completions").setDepth(1))
                .build());
        ByteString bytes = ByteString.copyFromUtf8(body);
        call.write(InferRequest.newBuilder().setBody(bytes.substring(0, 10)).build());
        call.write(InferRequest.newBuilder().setBody(bytes.substring(10)).build());
        call.halfClose();
    }

    private static String readBody(BlockingClientCall<InferRequest, InferResponse> call) throws Exception {
        StringBuilder body = new StringBuilder();
        for (InferResponse part = call.read(); part != null; part = call.read()) {
            body.append(part.getBody().toStringUtf8());
        }
        return body.toString();
    }

    private static UsageRecord recordOf(String id) {
        return Awaitility.await()
                .until(() -> cluster.quota.record(id), Optional::isPresent)
                .orElseThrow();
    }
}
