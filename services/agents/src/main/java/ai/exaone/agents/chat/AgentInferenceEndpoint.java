package ai.exaone.agents.chat;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.run.Run;
import ai.exaone.agents.run.Runs;
import ai.exaone.agents.run.StreamWire;
import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.proto.inference.internal.v1.RequestHead;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;

/** The inference door of agents: the gateway calls it where a caller names {@code agent/NAME} as the model. */
public final class AgentInferenceEndpoint extends InferenceServiceGrpc.InferenceServiceImplBase {
    /** Names the run that answers. */
    static final String RUN_HEADER = "x-exaone-run-id";

    private static final String CHAT = "/v1/chat/completions";
    private static final int LARGEST_BODY = 8 * 1024 * 1024;
    private static final int FRAME = 64 * 1024;

    private final AgentChat chat;

    public AgentInferenceEndpoint(AgentChat chat) {
        this.chat = chat;
    }

    @Override
    public StreamObserver<InferRequest> infer(StreamObserver<InferResponse> responses) {
        return new Receiving(StreamWire.of(responses));
    }

    /** Collects the request, and then answers it on a thread of its own. */
    private final class Receiving implements StreamObserver<InferRequest> {
        private final StreamWire<InferResponse> wire;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private Optional<RequestHead> head = Optional.empty();

        Receiving(StreamWire<InferResponse> wire) {
            this.wire = wire;
        }

        @Override
        public void onNext(InferRequest part) {
            if (part.hasHead()) {
                head = Optional.of(part.getHead());
            } else if (body.size() <= LARGEST_BODY) {
                body.writeBytes(part.getBody().toByteArray());
            }
        }

        @Override
        public void onError(Throwable left) {
            // Nothing was begun: the request was not complete.
        }

        @Override
        public void onCompleted() {
            RequestHead whole = head.orElseThrow(
                    () -> new PlatformException(PlatformError.INVALID_REQUEST, "A request begins with its head."));
            wire.start(stream -> serve(whole, body.toByteArray(), new Bytes(stream)));
        }
    }

    private void serve(RequestHead head, byte[] body, AnswerStream stream) throws InterruptedException {
        Run run;
        ChatRequest request;
        Runs.Caller caller;
        try {
            if (!head.getPath().equals(CHAT)) {
                throw new PlatformException(ChatError.PATH_NOT_FOUND, "Agents answer chat completions only.");
            }
            if (body.length > LARGEST_BODY) {
                throw new PlatformException(ChatError.REQUEST_TOO_LARGE, "The body is larger than 8 MiB.");
            }
            Principal principal = CallContext.current().requirePrincipal();
            caller = caller(principal, head);
            request = ChatRequest.read(body);
            run = chat.start(scope(principal, head), request, caller);
        } catch (PlatformException refused) {
            var failure = ChatFailure.of(refused);
            stream.head(failure.status(), failure.headers());
            stream.body(failure.bytes());
            return;
        }
        chat.answer(run, request, stream, caller);
    }

    private static Runs.Caller caller(Principal principal, RequestHead head) {
        int depth = principal.kind() == Principal.Kind.RUN ? principal.depth() + 1 : 0;
        return new Runs.Caller(principal.subject(), principal.models(), Math.max(depth, head.getDepth()));
    }

    private static ProjectScope scope(Principal principal, RequestHead head) {
        String project = principal.projectId().orElse(head.getProjectId());
        if (principal.tenantId().isEmpty() || project.isEmpty()) {
            throw new PlatformException(ChatError.PROJECT_MISSING, "The call names no project.");
        }
        return new ProjectScope(principal.tenantId().get(), project);
    }

    private record Bytes(StreamWire<InferResponse> wire) implements AnswerStream {
        @Override
        public void head(int status, Map<String, String> headers) throws InterruptedException {
            wire.send(InferResponse.newBuilder()
                    .setHead(ResponseHead.newBuilder().setStatus(status).putAllHeaders(headers))
                    .build());
        }

        @Override
        public void body(byte[] bytes) throws InterruptedException {
            for (int start = 0; start < bytes.length; start += FRAME) {
                wire.send(InferResponse.newBuilder()
                        .setBody(ByteString.copyFrom(bytes, start, Math.min(FRAME, bytes.length - start)))
                        .build());
            }
        }

        @Override
        public boolean gone() {
            return wire.gone();
        }

        @Override
        public void onGone(Runnable action) {
            wire.onGone(action);
        }
    }
}
