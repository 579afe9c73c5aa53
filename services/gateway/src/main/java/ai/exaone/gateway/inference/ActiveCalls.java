package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AcceptedKey;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.auth.KeyWatcher;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.RelayError;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The calls that run now, and what ends them from outside. Thread-safe. */
public final class ActiveCalls implements KeyWatcher, AutoCloseable {
    private static final int MOST_CALLS = 10_000;
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    /** A key may be younger than a statement of all keys by this much. */
    private static final Duration STATEMENT_AGE = Duration.ofSeconds(2);

    private final RelayConfig limits;
    private final Clock wall;
    private final LongSupplier nanos;
    private final Set<ActiveCall> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong keyChanges = new AtomicLong();
    private final ScheduledExecutorService clock;
    private volatile boolean closing;

    /**
     * @param wall by which keys expire
     * @param nanos a monotonic clock
     */
    public ActiveCalls(RelayConfig limits, Clock wall, LongSupplier nanos) {
        this.limits = limits;
        this.wall = wall;
        this.nanos = nanos;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("call-clock").factory());
        clock.scheduleWithFixedDelay(
                this::checkTimes, CHECK_INTERVAL.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * How often keys have changed. Whoever was let in when this was another number may have been let in by what no longer holds: a
     * call ends by itself for changes after it was entered only.
     */
    long keyChanges() {
        return keyChanges.get();
    }

    /**
     * Enters a call; it is to be closed when it is over.
     *
     * @param loop where it runs
     * @throws PlatformException GATEWAY_BUSY
     */
    ActiveCall enter(Caller caller, EventLoop loop) {
        if (closing || count.get() >= MOST_CALLS) {
            throw PlatformException.because(RelayError.GATEWAY_BUSY, "The platform is busy; try again.")
                    .retryAfter(Duration.ofSeconds(1))
                    .build();
        }
        ActiveCall call = new ActiveCall(this, caller, loop, limits.timeouts(), nanos.getAsLong());
        calls.add(call);
        count.incrementAndGet();
        return call;
    }

    // What becomes of keys. Each change is counted before calls are looked through, and each call entered before it
    // looks at the
    // count: so that one of both sees the other.

    @Override
    public void revoked(String keyId) {
        keyChanges.incrementAndGet();
        of(keyId).forEach(call -> call.end(revoked()));
    }

    @Override
    public void changed(AcceptedKey key) {
        keyChanges.incrementAndGet();
        of(key.keyId()).forEach(call -> call.keyChanged(key));
    }

    @Override
    public void restated(Map<String, AcceptedKey> accepted) {
        keyChanges.incrementAndGet();
        long now = nanos.getAsLong();
        for (ActiveCall call : calls) {
            String keyId = call.caller().keyId();
            AcceptedKey key = accepted.get(keyId);
            if (key != null) {
                call.keyChanged(key);
            } else if (!keyId.isEmpty() && now - call.startedNanos() > STATEMENT_AGE.toNanos()) {
                call.end(revoked());
            } else if (!keyId.isEmpty()) {
                askAgain(call);
            }
        }
    }

    /** Its key was revoked, or is too young for what was stated: identity knows. */
    private static void askAgain(ActiveCall call) {
        Later.aside("key-check", () -> call.caller().token().token()).whenComplete((token, refusal) -> {
            if (refusal != null) {
                call.end(refusal instanceof PlatformException known ? known : PlatformException.internal(refusal));
            }
        });
    }

    private Stream<ActiveCall> of(String keyId) {
        return calls.stream().filter(call -> call.caller().keyId().equals(keyId));
    }

    private static PlatformException revoked() {
        return new PlatformException(AuthError.KEY_NOT_ACCEPTED, "The API key was revoked while it was used.");
    }

    /** Calls that run now. */
    public int count() {
        return count.get();
    }

    void leave(ActiveCall call) {
        if (calls.remove(call)) {
            count.decrementAndGet();
        }
    }

    /** Lets no more calls in, and ends those that run. */
    @Override
    public void close() {
        closing = true;
        PlatformException reason = new PlatformException(RelayError.GATEWAY_BUSY, "The platform stops; try again.");
        calls.forEach(call -> call.end(reason));
        awaitNone();
        clock.shutdownNow();
    }

    private void awaitNone() {
        long end = nanos.getAsLong() + LAST_WORDS.toNanos();
        while (!calls.isEmpty() && nanos.getAsLong() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void checkTimes() {
        long now = nanos.getAsLong();
        Instant wallNow = wall.instant();
        calls.forEach(call -> call.checkTime(now, wallNow));
    }
}
