package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.RelayError;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The calls that run now. Thread-safe. */
public final class ActiveCalls implements AutoCloseable {
    private static final int MOST_CALLS = 10_000;
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final RelayConfig limits;
    private final LongSupplier nanos;
    private final Set<ActiveCall> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final ScheduledExecutorService clock;
    private volatile boolean closing;

    /**
     * @param nanos a monotonic clock
     */
    public ActiveCalls(RelayConfig limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("call-clock").factory());
        clock.scheduleWithFixedDelay(
                this::checkTimes, CHECK_INTERVAL.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Enters a call; it is to be closed when it is over.
     *
     * @param keyId the key it was made with; empty for none
     * @param loop where it runs
     * @throws PlatformException GATEWAY_BUSY
     */
    public ActiveCall enter(String keyId, EventLoop loop) {
        if (closing || count.get() >= MOST_CALLS) {
            throw PlatformException.because(RelayError.GATEWAY_BUSY, "The platform is busy; try again.")
                    .retryAfter(Duration.ofSeconds(1))
                    .build();
        }
        ActiveCall call = new ActiveCall(this, keyId, loop, limits.timeouts(), nanos.getAsLong());
        calls.add(call);
        count.incrementAndGet();
        return call;
    }

    /** Ends the calls of a key that is no longer accepted. */
    public void keyRevoked(String keyId) {
        PlatformException reason =
                new PlatformException(AuthError.KEY_NOT_ACCEPTED, "The API key was revoked while it was used.");
        calls.stream().filter(call -> call.isOf(keyId)).forEach(call -> call.end(reason));
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

    /** Lets no more calls in, waits for those that run, and ends those that take too long. */
    @Override
    public void close() {
        closing = true;
        awaitNone(GRACE);
        PlatformException reason = new PlatformException(RelayError.GATEWAY_BUSY, "The platform stops; try again.");
        calls.forEach(call -> call.end(reason));
        awaitNone(LAST_WORDS);
        clock.shutdownNow();
    }

    private void awaitNone(Duration longest) {
        long end = nanos.getAsLong() + longest.toNanos();
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
        calls.forEach(call -> call.checkTime(now));
    }
}
