package ai.exaone.gateway.relay.agent;

import ai.exaone.gateway.relay.UpstreamCall;
import ai.exaone.gateway.relay.UpstreamException;
import ai.exaone.gateway.relay.UpstreamHead;
import ai.exaone.gateway.relay.UpstreamListener;
import ai.exaone.gateway.relay.UpstreamRequest;
import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.RequestHead;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request to an agent. gRPC tells of the answer on threads of its own; from there everything goes to the exchange's event loop. */
final class AgentCall implements UpstreamCall, ClientResponseObserver<InferRequest, InferResponse> {
    /** Messages that may be on their way. */
    private static final int WINDOW = 4;

    private static final long LAST_FRAMES_SECONDS = 1;
    private static final int OK = 200;
    /** Names the run that answers. */
    private static final String RUN_HEADER = "x-exaone-run-id";

    private final EventLoop loop;
    private final UpstreamListener listener;
    private @Nullable ClientCallStreamObserver<InferRequest> requests;
    private boolean begun;
    private boolean paused;
    private boolean over;
    private boolean completed;
    private int owed;

    AgentCall(EventLoop loop, UpstreamListener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /** Sends the request. It is memory already, so that its frames need not wait for one another. */
    void send(UpstreamRequest request, String projectId, int depth) {
        ClientCallStreamObserver<InferRequest> stream = requests();
        stream.onNext(InferRequest.newBuilder()
                .setHead(RequestHead.newBuilder()
                        .setPath(request.path())
                        .setRequestId(request.requestId())
                        .setProjectId(projectId)
                        .setDepth(depth))
                .build());
        request.body().forEach((bytes, offset, length) -> {
            for (int from = offset; from < offset + length; from += AgentUpstream.FRAME_BYTES) {
                int count = Math.min(AgentUpstream.FRAME_BYTES, offset + length - from);
                ByteString frame = UnsafeByteOperations.unsafeWrap(bytes, from, count);
                stream.onNext(InferRequest.newBuilder().setBody(frame).build());
            }
        });
        stream.onCompleted();
    }

    // On gRPC's threads.

    @Override
    public void beforeStart(ClientCallStreamObserver<InferRequest> stream) {
        requests = stream;
        stream.disableAutoRequestWithInitial(WINDOW);
    }

    @Override
    public void onNext(InferResponse part) {
        loop.execute(() -> take(part));
    }

    @Override
    public void onError(Throwable failure) {
        loop.execute(() -> fail(kind(Status.fromThrowable(failure).getCode()), failure));
    }

    @Override
    public void onCompleted() {
        loop.execute(this::complete);
    }

    // On the event loop.

    private void take(InferResponse part) {
        if (over) {
            return;
        }
        if (part.hasHead() && !begun) {
            begun = true;
            listener.head(head(part.getHead()));
        } else if (begun) {
            byte[] bytes = part.getBody().toByteArray();
            listener.body(bytes, 0, bytes.length);
            if (!over) {
                listener.drained();
            }
        } else {
            cancelCall();
            fail(UpstreamException.Kind.BROKEN, new IllegalStateException("The answer has no head"));
            return;
        }
        if (paused) {
            owed++;
        } else {
            requests().request(1);
        }
    }

    private static UpstreamHead head(ResponseHead sent) {
        UpstreamHead head = UpstreamHead.of(
                sent.getStatus(),
                sent.getHeadersOrDefault("content-type", ""),
                -1,
                sent.getHeadersOrDefault("retry-after", ""));
        // A failure that names no run comes from before there was one.
        boolean refused = sent.getStatus() != OK && !sent.containsHeaders(RUN_HEADER);
        return refused ? head.withoutAct() : head;
    }

    private void complete() {
        completed = true;
        if (!over && begun) {
            over = true;
            listener.end();
        } else if (!over) {
            fail(UpstreamException.Kind.BROKEN, new IllegalStateException("The answer has no head"));
        }
    }

    private void fail(UpstreamException.Kind kind, Throwable cause) {
        completed = true;
        if (!over) {
            over = true;
            listener.failed(new UpstreamException(kind, cause));
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        if (owed > 0) {
            requests().request(owed);
            owed = 0;
        }
    }

    /** Lets the agent end as it was about to. */
    @Override
    public void finish() {
        if (!over) {
            over = true;
            requests().request(WINDOW);
            loop.schedule(this::cancelIfNotComplete, LAST_FRAMES_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void cancelIfNotComplete() {
        if (!completed) {
            cancelCall();
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            cancelCall();
        }
    }

    private void cancelCall() {
        requests().cancel("The answer is not wanted any more", null);
    }

    private ClientCallStreamObserver<InferRequest> requests() {
        return Objects.requireNonNull(requests);
    }

    private static UpstreamException.Kind kind(Status.Code code) {
        return switch (code) {
            case UNAVAILABLE -> UpstreamException.Kind.UNREACHABLE;
            case DEADLINE_EXCEEDED -> UpstreamException.Kind.TIMED_OUT;
            default -> UpstreamException.Kind.BROKEN;
        };
    }
}
