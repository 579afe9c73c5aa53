package ai.exaone.agents.run;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream of answers that is written with plain blocking code, as fast as its reader takes them. It runs on a thread of its own, for
 * gRPC's must stay free to tell that the reader is ready, or has left. Thread-safe.
 */
public final class StreamWire<T> {
    private final ServerCallStreamObserver<T> responses;
    private final List<Runnable> leaving = new ArrayList<>();
    private boolean gone;

    private StreamWire(ServerCallStreamObserver<T> responses) {
        this.responses = responses;
    }

    /** What writes the stream. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(StreamWire<T> stream) throws InterruptedException;
    }

    /** Prepares a stream. Called in the endpoint's own method, before it returns. */
    public static <T> StreamWire<T> of(StreamObserver<T> responses) {
        var stream = new StreamWire<>((ServerCallStreamObserver<T>) responses);
        stream.responses.setOnReadyHandler(stream::signal);
        stream.responses.setOnCancelHandler(stream::left);
        return stream;
    }

    /** Writes the stream on a new thread, in the context of the call, and completes it. */
    public void start(Writer<T> writer) {
        Thread.ofVirtual().name("stream").start(Context.current().wrap(() -> write(writer)));
    }

    private void write(Writer<T> writer) {
        try {
            writer.write(this);
            if (!gone()) {
                responses.onCompleted();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            if (!gone()) {
                responses.onError(failure);
            }
        }
    }

    /** Sends an answer, once the reader can take it. Nothing happens when it has left. */
    public void send(T answer) throws InterruptedException {
        synchronized (this) {
            while (!gone && !responses.isReady()) {
                wait();
            }
            if (gone) {
                return;
            }
        }
        responses.onNext(answer);
    }

    /** Whether the reader has left. */
    public synchronized boolean gone() {
        return gone;
    }

    /** Runs something when the reader leaves, or at once if it has left. */
    public void onGone(Runnable action) {
        synchronized (this) {
            if (!gone) {
                leaving.add(action);
                return;
            }
        }
        action.run();
    }

    private synchronized void signal() {
        notifyAll();
    }

    private void left() {
        List<Runnable> actions;
        synchronized (this) {
            gone = true;
            notifyAll();
            actions = List.copyOf(leaving);
        }
        actions.forEach(Runnable::run);
    }
}
