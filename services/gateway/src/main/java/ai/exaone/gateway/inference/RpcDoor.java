package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.gateway.edge.Edge;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.gateway.queue.Priority;
import ai.exaone.gateway.relay.client.BodyMemory;
import ai.exaone.gateway.relay.client.RequestBounds;
import ai.exaone.ids.IdGenerator;
import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.proto.inference.internal.v1.RequestHead;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcHeaders;
import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The door for the platform's own services: the same pipeline over gRPC, called with a person's, a key's or a run's token. */
public final class RpcDoor implements BindableService {
    private static final Context.Key<String> TOKEN = Context.key("exaone-caller-token");
    private static final Pattern OWN_ID = Pattern.compile("req_[0-9a-hjkmnp-tv-z]{26}");
    private static final String CHAT = "chat.use";

    private final Inference inference;
    private final ActiveCalls active;
    private final RequestBounds bounds;
    private final EventLoopGroup loops;
    private final IdGenerator ids;
    private final Clock clock;

    /**
     * @param loops those of the callers' connections
     */
    public RpcDoor(
            Inference inference,
            ActiveCalls active,
            RequestBounds bounds,
            EventLoopGroup loops,
            IdGenerator ids,
            Clock clock) {
        this.inference = inference;
        this.active = active;
        this.bounds = bounds;
        this.loops = loops;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerInterceptors.intercept(new Endpoints(), new KeepToken());
    }

    private final class Endpoints extends InferenceServiceGrpc.InferenceServiceImplBase {
        @Override
        public StreamObserver<InferRequest> infer(StreamObserver<InferResponse> responses) {
            return new Receiving((ServerCallStreamObserver<InferResponse>) responses);
        }
    }

    /** Collects one request, and then runs it on an event loop, since gRPC's threads are not to be kept. */
    private final class Receiving implements StreamObserver<InferRequest> {
        private final RpcAnswer answer;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final BodyMemory.Share share = bounds.memory().share();
        private final long arrived = System.nanoTime();
        private @Nullable RequestHead head;

        Receiving(ServerCallStreamObserver<InferResponse> responses) {
            this.answer = new RpcAnswer(responses, loops.next());
        }

        @Override
        public void onNext(InferRequest part) {
            switch (part.getPartCase()) {
                case HEAD -> head = part.getHead();
                case BODY -> add(part.getBody());
                case PART_NOT_SET -> throw PlatformException.internal(new IllegalStateException("An empty part"));
            }
        }

        private void add(ByteString piece) {
            try {
                requireLength((long) body.size() + piece.size());
                share.grow(piece.size());
            } catch (PlatformException refused) {
                share.close();
                throw refused;
            }
            body.writeBytes(piece.toByteArray());
        }

        @Override
        public void onError(Throwable left) {
            share.close();
        }

        @Override
        public void onCompleted() {
            RequestHead whole = head;
            if (whole == null) {
                share.close();
                throw PlatformException.internal(new IllegalStateException("A request without a head"));
            }
            Received received = new Received(body.toByteArray(), share, arrived);
            // The context is a fork: the books of a call that was cancelled are still to be closed.
            answer.loop().execute(Context.current().fork().wrap(() -> serve(whole, received, answer)));
        }
    }

    private record Received(byte[] body, BodyMemory.Share share, long arrivedNanos) {}

    private void serve(RequestHead head, Received received, RpcAnswer answer) {
        try {
            Caller caller = caller();
            Endpoint endpoint =
                    Endpoint.of(head.getPath()).orElseThrow(() -> Operations.unknownPath("POST", head.getPath()));
            infer(head, caller, endpoint, received, answer);
        } catch (PlatformException refused) {
            received.share().close();
            answer.refuse(OpenAiError.of(refused));
        } catch (RuntimeException defect) {
            received.share().close();
            answer.refuse(OpenAiError.of(PlatformException.internal(defect)));
        }
    }

    private void infer(RequestHead head, Caller caller, Endpoint endpoint, Received received, RpcAnswer answer) {
        String requestId = OWN_ID.matcher(head.getRequestId()).matches() ? head.getRequestId() : ids.next("req");
        answer.header(Edge.REQUEST_ID, requestId);
        ActiveCall running = active.enter(caller, answer.loop());
        int depth = Math.max(head.getDepth(), caller.principal().depth());
        Call call = new Call(
                requestId,
                caller,
                endpoint,
                endpoint.path(),
                received.body(),
                depth,
                clock.instant(),
                received.arrivedNanos(),
                System.nanoTime(),
                Map.of(),
                Priority.INTERACTIVE);
        inference.run(call, running, answer, () -> {
            running.close();
            received.share().close();
        });
    }

    private void requireLength(long length) {
        if (length > bounds.longestBody()) {
            throw new PlatformException(
                    OpenAiReason.REQUEST_TOO_LARGE,
                    "The request is longer than the " + bounds.longestBody() + " bytes that are taken.");
        }
    }

    private static Caller caller() {
        Principal principal = CallContext.current().requirePrincipal();
        boolean permitted = principal.may(Principals.CALL) || principal.may(CHAT);
        if (!permitted
                || principal.tenantId().isEmpty()
                || principal.projectId().isEmpty()) {
            throw new PlatformException(AuthError.INFERENCE_NOT_PERMITTED, "This caller may not call models.");
        }
        String token = TOKEN.get();
        return new Caller(principal, principal.projectId().get(), () -> token);
    }

    /** Keeps the caller's token for calls that are made for the caller. */
    private static final class KeepToken implements ServerInterceptor {
        private static final String BEARER = "Bearer ";

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            String authorization = headers.get(RpcHeaders.AUTHORIZATION);
            String token = authorization == null ? "" : authorization.substring(BEARER.length());
            return Contexts.interceptCall(Context.current().withValue(TOKEN, token), call, headers, next);
        }
    }
}
