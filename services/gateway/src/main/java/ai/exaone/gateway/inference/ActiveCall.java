package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.relay.Timeouts;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call that runs now, and can be ended from outside: because its key was revoked, it takes too long, or the gateway stops. */
public final class ActiveCall implements AutoCloseable {
    private final ActiveCalls calls;
    private final String keyId;
    private final EventLoop loop;
    private final long startedNanos;
    private volatile Timeouts timeouts;
    private volatile long movedNanos;
    private volatile boolean answering;
    private volatile @Nullable PlatformException ended;
    // Of the event loop.
    private @Nullable Consumer<PlatformException> listener;
    private boolean told;

    ActiveCall(ActiveCalls calls, String keyId, EventLoop loop, Timeouts timeouts, long nowNanos) {
        this.calls = calls;
        this.keyId = keyId;
        this.loop = loop;
        this.timeouts = timeouts;
        this.startedNanos = nowNanos;
        this.movedNanos = nowNanos;
    }

    /** From now on these hold: the model is known. */
    void timeouts(Timeouts ofModel) {
        timeouts = ofModel;
    }

    /** Notes that a piece of the answer went out. */
    void moved(long nowNanos) {
        if (!answering) {
            answering = true;
        }
        movedNanos = nowNanos;
    }

    /** Sets who is told, on the event loop and once, that the call is to end. The caller is on the loop. */
    void onEnd(Consumer<PlatformException> newListener) {
        listener = newListener;
        tell();
    }

    /** Ends the call, from any thread; only the first reason counts. */
    void end(PlatformException reason) {
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = reason;
        }
        loop.execute(this::tell);
    }

    /** Why the call is to end, if it is. */
    Optional<PlatformException> ended() {
        return Optional.ofNullable(ended);
    }

    boolean isOf(String otherKeyId) {
        return keyId.equals(otherKeyId);
    }

    void checkTime(long nowNanos) {
        Timeouts limits = timeouts;
        Duration still = answering ? limits.idle() : limits.firstByte();
        boolean stalled = nowNanos - movedNanos > still.toNanos();
        if (stalled || nowNanos - startedNanos > limits.total().toNanos()) {
            end(new PlatformException(
                    InferenceError.ANSWER_TIMED_OUT,
                    stalled ? "The answer did not go on in time." : "The answer took too long."));
        }
    }

    private void tell() {
        PlatformException reason = ended;
        if (reason != null && listener != null && !told) {
            told = true;
            listener.accept(reason);
        }
    }

    @Override
    public void close() {
        calls.leave(this);
    }
}
