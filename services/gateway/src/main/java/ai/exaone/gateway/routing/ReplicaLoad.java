package ai.exaone.gateway.routing;

import java.time.Duration;

/** What this gateway knows of one replica. Thread-safe. */
final class ReplicaLoad {
    private int inFlight;
    private int failures;
    private long ejectedUntil;

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized void enter() {
        inFlight++;
    }

    synchronized void leave() {
        inFlight--;
    }

    synchronized void answered() {
        failures = 0;
    }

    /** Leaves the replica alone for a while, twice as long with each failure in a row. */
    synchronized void eject(long now, Duration shortest, Duration longest) {
        long pause = Math.min(longest.toNanos(), shortest.toNanos() << Math.min(failures, Byte.SIZE));
        failures++;
        ejectedUntil = now + pause;
    }

    synchronized boolean isEjected(long now) {
        return failures > 0 && now - ejectedUntil < 0;
    }
}
