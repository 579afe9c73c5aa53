package ai.exaone.gateway.inference;

import ai.exaone.gateway.relay.AgentUpstream;
import ai.exaone.proto.inference.internal.v1.InferResponse;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** An answer over the platform's own door. */
final class RpcAnswer implements Answer {
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int OK = 200;

    private final ServerCallStreamObserver<InferResponse> responses;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Runnable onGone = () -> {};
    private volatile boolean gone;
    private volatile boolean interrupted;
    private boolean begun;

    RpcAnswer(ServerCallStreamObserver<InferResponse> responses) {
        this.responses = responses;
        responses.setOnReadyHandler(this::signal);
        responses.setOnCancelHandler(this::left);
    }

    /** Sets what happens when the caller leaves. */
    void onGone(Runnable action) {
        onGone = action;
        if (gone) {
            action.run();
        }
    }

    @Override
    public void header(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public void whole(int status, String mediaType, byte[] body) {
        sendHead(status, mediaType);
        try {
            write(body);
        } catch (CallerGoneException left) {
            // Nobody is there to be told.
            return;
        }
        end();
    }

    @Override
    public void begin(String mediaType) {
        sendHead(OK, mediaType);
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void write(byte[] bytes) throws CallerGoneException {
        ByteString all = ByteString.copyFrom(bytes);
        for (int offset = 0; offset < all.size(); offset += AgentUpstream.FRAME_BYTES) {
            awaitReady();
            send(InferResponse.newBuilder()
                    .setBody(all.substring(offset, Math.min(all.size(), offset + AgentUpstream.FRAME_BYTES)))
                    .build());
        }
    }

    @Override
    public void end() {
        if (!responses.isCancelled()) {
            responses.onCompleted();
        }
    }

    @Override
    public void endWith(byte[] lastEvent) {
        lock.lock();
        try {
            long left = LAST_WORDS.toNanos();
            while (!responses.isReady() && !gone && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        send(InferResponse.newBuilder().setBody(ByteString.copyFrom(lastEvent)).build());
        end();
    }

    @Override
    public void interrupt() {
        interrupted = true;
        signal();
    }

    private void sendHead(int status, String mediaType) {
        begun = true;
        send(InferResponse.newBuilder()
                .setHead(ResponseHead.newBuilder()
                        .setStatus(status)
                        .putAllHeaders(headers)
                        .putHeaders("content-type", mediaType))
                .build());
    }

    private void send(InferResponse response) {
        if (!responses.isCancelled()) {
            responses.onNext(response);
        }
    }

    private void awaitReady() throws CallerGoneException {
        lock.lock();
        try {
            while (!responses.isReady() && !gone && !interrupted) {
                // Woken by the handlers; looks again by itself in case one was called before it was set.
                changed.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CallerGoneException();
        } finally {
            lock.unlock();
        }
        if (gone || interrupted) {
            throw new CallerGoneException();
        }
    }

    private void left() {
        gone = true;
        signal();
        onGone.run();
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
