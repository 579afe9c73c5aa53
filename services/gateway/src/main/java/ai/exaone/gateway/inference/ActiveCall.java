package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AcceptedKey;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.relay.Timeouts;
import ai.exaone.rpc.Principal;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that runs now, and can be ended from outside: because its key is no longer accepted, it takes too long, or the gateway
 * stops.
 */
public final class ActiveCall implements AutoCloseable {
    private final ActiveCalls calls;
    private volatile Caller caller;
    private final EventLoop loop;
    private final long startedNanos;
    private volatile Timeouts timeouts;
    private volatile long movedNanos;
    private volatile boolean answering;
    private volatile Optional<Instant> expiresAt;
    private volatile @Nullable PlatformException ended;
    private String model = "";
    /** What the caller's key has become since the call began. */
    private @Nullable AcceptedKey changedKey;
    // Of the event loop.
    private @Nullable Consumer<PlatformException> listener;
    private boolean told;

    ActiveCall(ActiveCalls calls, Caller caller, EventLoop loop, Timeouts timeouts, long nowNanos) {
        this.calls = calls;
        this.caller = caller;
        this.loop = loop;
        this.timeouts = timeouts;
        this.startedNanos = nowNanos;
        this.movedNanos = nowNanos;
        this.expiresAt = caller.expiresAt();
    }

    /** From now on these hold: the model is known. */
    void calls(String newModel, Timeouts ofModel) {
        timeouts = ofModel;
        synchronized (this) {
            model = newModel;
        }
        endUnlessPermitted();
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

    /** Tells nobody until somebody else is set; whoever calls is on the loop. */
    void leaveListener() {
        listener = null;
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

    Caller caller() {
        return caller;
    }

    /** The same caller, as known by now. */
    synchronized void callerIs(Caller newCaller) {
        caller = newCaller;
        if (changedKey == null) {
            expiresAt = newCaller.expiresAt();
        }
    }

    long startedNanos() {
        return startedNanos;
    }

    /** The caller's key changed. What a run may do is its own token's matter, and not that of the key that owns it. */
    void keyChanged(AcceptedKey key) {
        if (caller.principal().kind() == Principal.Kind.KEY) {
            synchronized (this) {
                changedKey = key;
                expiresAt = key.expiresAt();
            }
            endUnlessPermitted();
        }
    }

    private void endUnlessPermitted() {
        boolean permitted;
        synchronized (this) {
            AcceptedKey key = changedKey;
            permitted = key == null || (key.callsModels() && (model.isEmpty() || key.mayCall(model)));
        }
        if (!permitted) {
            end(new PlatformException(
                    AuthError.INFERENCE_NOT_PERMITTED, "The API key may no longer do this: it was changed."));
        }
    }

    void checkTime(long nowNanos, Instant now) {
        if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
            end(new PlatformException(AuthError.KEY_NOT_ACCEPTED, "The API key expired while it was used."));
        }
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
