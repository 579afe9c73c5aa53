package ai.exaone.gateway.inference;

import ai.exaone.gateway.relay.Answer;
import ai.exaone.gateway.relay.CallerListener;
import ai.exaone.gateway.relay.agent.AgentUpstream;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.channel.EventLoop;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer over the platform's own door. Pieces that come together go out together. */
final class RpcAnswer implements Answer {
    private static final int OK = 200;

    private final ServerCallStreamObserver<InferResponse> responses;
    private final EventLoop loop;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ByteString.Output pieces = ByteString.newOutput();
    private @Nullable CallerListener listener;
    private boolean begun;
    private boolean ended;
    private boolean gone;

    RpcAnswer(ServerCallStreamObserver<InferResponse> responses, EventLoop loop) {
        this.responses = responses;
        this.loop = loop;
        responses.setOnReadyHandler(() -> loop.execute(this::ready));
        responses.setOnCancelHandler(() -> loop.execute(this::left));
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void attend(CallerListener newListener) {
        listener = newListener;
        if (gone) {
            newListener.gone();
        }
    }

    @Override
    public void header(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public void whole(int status, String mediaType, byte[] body, int length) {
        head(status, mediaType);
        write(body, 0, length);
        end();
    }

    @Override
    public void begin(String mediaType, long length) {
        head(OK, mediaType);
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (!ended && !gone) {
            pieces.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() {
        if (pieces.size() == 0) {
            return;
        }
        ByteString all = pieces.toByteString();
        pieces.reset();
        for (int from = 0; from < all.size(); from += AgentUpstream.FRAME_BYTES) {
            int to = Math.min(all.size(), from + AgentUpstream.FRAME_BYTES);
            send(InferResponse.newBuilder().setBody(all.substring(from, to)).build());
        }
    }

    @Override
    public boolean writable() {
        return gone || responses.isReady();
    }

    @Override
    public void end() {
        if (!ended && !gone) {
            flush();
            ended = true;
            responses.onCompleted();
        }
    }

    @Override
    public void endWith(byte[] lastEvent) {
        write(lastEvent, 0, lastEvent.length);
        end();
    }

    @Override
    public void abort() {
        if (!ended && !gone) {
            ended = true;
            responses.onError(
                    Status.UNAVAILABLE.withDescription("The answer broke off.").asRuntimeException());
        }
    }

    private void head(int status, String mediaType) {
        begun = true;
        send(InferResponse.newBuilder()
                .setHead(ResponseHead.newBuilder()
                        .setStatus(status)
                        .putAllHeaders(headers)
                        .putHeaders("content-type", mediaType))
                .build());
    }

    private void send(InferResponse response) {
        if (!ended && !gone && !responses.isCancelled()) {
            responses.onNext(response);
        }
    }

    private void ready() {
        if (listener != null && !ended && responses.isReady()) {
            listener.writable();
        }
    }

    private void left() {
        if (!gone) {
            gone = true;
            if (!ended && listener != null) {
                listener.gone();
            }
        }
    }
}
