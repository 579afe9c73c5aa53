package ai.exaone.gateway.routing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What this gateway knows of one replica. Thread-safe. */
final class ReplicaLoad {
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile int failures;
    private volatile long ejectedUntil;

    int inFlight() {
        return inFlight.get();
    }

    void enter() {
        inFlight.incrementAndGet();
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    /** Hardly ever is there anything to forget, and writing costs all who read. */
    void answered() {
        if (failures != 0) {
            forgive();
        }
    }

    private synchronized void forgive() {
        failures = 0;
    }

    /** Leaves the replica alone for a while, twice as long with each failure in a row. */
    synchronized void eject(long now, Duration shortest, Duration longest) {
        long pause = Math.min(longest.toNanos(), shortest.toNanos() << Math.min(failures, Byte.SIZE));
        ejectedUntil = now + pause;
        failures++;
    }

    boolean isEjected(long now) {
        return failures > 0 && now - ejectedUntil < 0;
    }
}
