package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.relay.Cancellation;
import ai.exaone.gateway.relay.RelayConfig;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that runs now, and can be ended from outside: because the caller left, its key was revoked, or it takes too long. */
public final class ActiveCall implements Cancellation, AutoCloseable {
    private static final Runnable NOTHING = () -> {};

    private final ActiveCalls calls;
    private final String keyId;
    private final Answer answer;
    private final long startedNanos;
    private volatile long movedNanos;
    private volatile boolean answering;
    private @Nullable PlatformException ended;
    private Runnable stop = NOTHING;

    ActiveCall(ActiveCalls calls, String keyId, Answer answer, long nowNanos) {
        this.calls = calls;
        this.keyId = keyId;
        this.answer = answer;
        this.startedNanos = nowNanos;
        this.movedNanos = nowNanos;
    }

    /** Notes that a piece of the answer went out. */
    void moved(long nowNanos) {
        answering = true;
        movedNanos = nowNanos;
    }

    @Override
    public void onCancel(Runnable newStop) {
        boolean late;
        synchronized (this) {
            stop = newStop;
            late = ended != null;
        }
        if (late) {
            newStop.run();
        }
    }

    /** Ends the call; only the first reason counts. */
    void end(PlatformException reason) {
        Runnable stopping;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = reason;
            stopping = stop;
        }
        stopping.run();
        answer.interrupt();
    }

    /** The caller left. */
    public void callerGone() {
        end(new PlatformException(PlatformError.CANCELLED, "The caller left before the answer was complete."));
    }

    /** Why the call was ended from outside, if it was. */
    synchronized Optional<PlatformException> ended() {
        return Optional.ofNullable(ended);
    }

    /** Throws the reason for which the call was ended from outside, if it was. */
    void requireRunning() {
        ended().ifPresent(reason -> {
            throw reason;
        });
    }

    boolean isOf(String otherKeyId) {
        return keyId.equals(otherKeyId);
    }

    void checkTime(long nowNanos, RelayConfig limits) {
        Duration still = answering ? limits.idleTimeout() : limits.firstByteTimeout();
        boolean stalled = nowNanos - movedNanos > still.toNanos();
        if (stalled || nowNanos - startedNanos > limits.totalTimeout().toNanos()) {
            end(new PlatformException(
                    InferenceError.ANSWER_TIMED_OUT,
                    stalled ? "The answer did not go on in time." : "The answer took too long."));
        }
    }

    @Override
    public void close() {
        calls.leave(this);
    }
}
