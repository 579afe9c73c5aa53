package ai.exaone.gateway.fakes;

import ai.exaone.proto.inference.internal.v1.InferRequest;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.proto.inference.internal.v1.RequestHead;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** The agents' inference door: answers a stream of pieces and notes what it was asked. */
public final class ScriptedAgents extends InferenceServiceGrpc.InferenceServiceImplBase {
    private final List<RequestHead> heads = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private volatile List<String> pieces = List.of();
    private volatile boolean ends = true;
    private volatile boolean fails;
    private volatile int status = 200;

    /**
     * Answers so from now on.
     *
     * @param endsAfterPieces whether the answer then ends, or waits to be cancelled
     */
    public void answer(boolean endsAfterPieces, String... newPieces) {
        pieces = List.of(newPieces);
        ends = endsAfterPieces;
        fails = false;
        status = 200;
    }

    /** Refuses every call from now on, before anything is done. */
    public void refuse(int newStatus) {
        answer(true, "{\"error\":{\"message\":\"no\"}}");
        status = newStatus;
    }

    /** Breaks every call off from now on, once it has read it. */
    public void fail() {
        fails = true;
    }

    public List<RequestHead> heads() {
        return heads;
    }

    public List<String> bodies() {
        return bodies;
    }

    public CountDownLatch cancelled() {
        return cancelled;
    }

    @Override
    public StreamObserver<InferRequest> infer(StreamObserver<InferResponse> responses) {
        ((ServerCallStreamObserver<InferResponse>) responses).setOnCancelHandler(cancelled::countDown);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        return new StreamObserver<>() {
            @Override
            public void onNext(InferRequest part) {
                if (part.hasHead()) {
                    heads.add(part.getHead());
                } else {
                    body.writeBytes(part.getBody().toByteArray());
                }
            }

            @Override
            public void onError(Throwable left) {
                cancelled.countDown();
            }

            @Override
            public void onCompleted() {
                bodies.add(body.toString(StandardCharsets.UTF_8));
                if (fails) {
                    responses.onError(Status.INTERNAL.asRuntimeException());
                    return;
                }
                boolean streamed = body.toString(StandardCharsets.UTF_8).contains("\"stream\":true");
                responses.onNext(InferResponse.newBuilder()
                        .setHead(ResponseHead.newBuilder()
                                .setStatus(status)
                                .putHeaders(
                                        "content-type",
                                        streamed && status == 200 ? "text/event-stream" : "application/json"))
                        .build());
                for (String piece : pieces) {
                    responses.onNext(InferResponse.newBuilder()
                            .setBody(ByteString.copyFromUtf8(piece))
                            .build());
                }
                if (ends) {
                    responses.onCompleted();
                }
            }
        };
    }
}
