package ai.exaone.agents;

import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.proto.inference.internal.v1.RequestHead;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The gateway's inference door with a model that answers by a script: a function of the request that it got. */
public final class ScriptedModel extends InferenceServiceGrpc.InferenceServiceImplBase {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** What the model does. */
    public sealed interface Answer {
        /** Says a text in pieces, and ends well. */
        record Text(List<String> pieces, long inputTokens, long outputTokens) implements Answer {
            public Text(String... pieces) {
                this(List.of(pieces), 10, 5);
            }
        }

        /** Wants tools called: arguments by name, one each. */
        record Calls(List<Call> calls) implements Answer {
            public Calls(String name, String arguments) {
                this(List.of(new Call("call_1", name, arguments)));
            }
        }

        /** Answers with a status. */
        record Refusal(int status, String code, Map<String, String> headers) implements Answer {}

        /** Says a piece and breaks off. */
        record Broken(String piece) implements Answer {}

        /** Does not even begin to answer, until the call is cancelled. */
        record Silent() implements Answer {}

        /** Says a piece and nothing more, until the call is cancelled. */
        record Hanging(String piece) implements Answer {}
    }

    public record Call(String id, String name, String arguments) {}

    /** A request as it came. */
    public record Asked(RequestHead head, Principal caller, JsonNode body) {}

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private volatile Function<JsonNode, Answer> script = body -> new Answer.Text("Hello.");

    public void script(Function<JsonNode, Answer> next) {
        script = next;
    }

    public List<Asked> asked() {
        return asked;
    }

    int cancelled() {
        return cancelled.get();
    }

    void awaitHanging() throws InterruptedException {
        hanging.await();
    }

    /** How many tool results a conversation has. */
    public static long toolResults(JsonNode body) {
        long results = 0;
        for (JsonNode message : body.path("messages")) {
            results += message.path("role").asString("").equals("tool") ? 1 : 0;
        }
        return results;
    }

    @Override
    public StreamObserver<InferRequest> infer(StreamObserver<InferResponse> responses) {
        var body = new ByteArrayOutputStream();
        var call = (ServerCallStreamObserver<InferResponse>) responses;
        call.setOnCancelHandler(cancelled::incrementAndGet);
        return new StreamObserver<>() {
            private RequestHead head = RequestHead.getDefaultInstance();

            @Override
            public void onNext(InferRequest part) {
                if (part.hasHead()) {
                    head = part.getHead();
                } else {
                    body.writeBytes(part.getBody().toByteArray());
                }
            }

            @Override
            public void onError(Throwable left) {
                // The caller left while asking.
            }

            @Override
            public void onCompleted() {
                Thread.ofVirtual().start(Context.current().wrap(() -> answer(head, body.toByteArray(), call)));
            }
        };
    }

    private void answer(RequestHead head, byte[] bytes, ServerCallStreamObserver<InferResponse> call) {
        JsonNode body = MAPPER.readTree(bytes);
        asked.add(new Asked(head, CallContext.current().requirePrincipal(), body));
        switch (script.apply(body)) {
            case Answer.Text text -> {
                open(call, 200, Map.of("content-type", "text/event-stream"));
                text.pieces().forEach(piece -> event(call, delta(piece)));
                finish(call, "stop", text.inputTokens(), text.outputTokens());
            }
            case Answer.Calls calls -> {
                open(call, 200, Map.of("content-type", "text/event-stream"));
                event(call, calls(calls));
                finish(call, "tool_calls", 10, 5);
            }
            case Answer.Refusal refusal -> {
                open(call, refusal.status(), refusal.headers());
                bytes(
                        call,
                        "{\"error\":{\"message\":\"Refused by script.\",\"type\":\"t\",\"code\":\"" + refusal.code()
                                + "\"}}");
                call.onCompleted();
            }
            case Answer.Broken broken -> {
                open(call, 200, Map.of("content-type", "text/event-stream"));
                event(call, delta(broken.piece()));
                call.onCompleted();
            }
            case Answer.Silent _ -> hanging.countDown();
            case Answer.Hanging hang -> {
                open(call, 200, Map.of("content-type", "text/event-stream"));
                event(call, delta(hang.piece()));
                hanging.countDown();
            }
        }
    }

    private static void finish(ServerCallStreamObserver<InferResponse> call, String reason, long input, long output) {
        ObjectNode end = chunk();
        ObjectNode choice = end.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", reason);
        event(call, end);
        ObjectNode usage = chunk();
        usage.putArray("choices");
        usage.putObject("usage")
                .put("prompt_tokens", input)
                .put("completion_tokens", output)
                .put("total_tokens", input + output);
        event(call, usage);
        bytes(call, "data: [DONE]\n\n");
        call.onCompleted();
    }

    private static ObjectNode delta(String piece) {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("content", piece);
        choice.putNull("finish_reason");
        return chunk;
    }

    private static ObjectNode calls(Answer.Calls calls) {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        var list = choice.putObject("delta").putArray("tool_calls");
        for (Call each : calls.calls()) {
            ObjectNode call = list.addObject()
                    .put("index", list.size() - 1)
                    .put("id", each.id())
                    .put("type", "function");
            call.putObject("function").put("name", each.name()).put("arguments", each.arguments());
        }
        choice.putNull("finish_reason");
        return chunk;
    }

    private static ObjectNode chunk() {
        return MAPPER.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion.chunk")
                .put("created", 1)
                .put("model", "scripted");
    }

    private static void open(ServerCallStreamObserver<InferResponse> call, int status, Map<String, String> headers) {
        call.onNext(InferResponse.newBuilder()
                .setHead(ResponseHead.newBuilder().setStatus(status).putAllHeaders(headers))
                .build());
    }

    private static void event(ServerCallStreamObserver<InferResponse> call, ObjectNode chunk) {
        bytes(call, "data: " + chunk + "\n\n");
    }

    private static void bytes(ServerCallStreamObserver<InferResponse> call, String text) {
        call.onNext(InferResponse.newBuilder()
                .setBody(ByteString.copyFrom(text, StandardCharsets.UTF_8))
                .build());
    }
}
