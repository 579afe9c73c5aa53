package ai.exaone.serving.replica;

import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.deployment.ReplicaSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One engine's life up to now. Immutable; events make the next from it.
 *
 * @param launchDigest what it was launched from: another digest is another engine
 * @param since when it came into its state
 * @param restarts how often an engine was started again in its slot
 * @param failures how many engines in a row failed in its slot
 * @param retryAt when the next may start; only meaningful while backing off
 * @param detail why it is not ready, in words; empty while there is nothing to say
 */
public record Replica(
        ReplicaId id,
        ReplicaSlot slot,
        String launchDigest,
        ReplicaState state,
        Instant since,
        int restarts,
        int failures,
        Instant retryAt,
        String detail) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 6;
    /** An engine that answered for so long did not fail because of how it was started. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    /** A first engine in its slot. */
    public static Replica started(ReplicaId id, ReplicaSlot slot, String launchDigest, Instant now) {
        return new Replica(id, slot, launchDigest, ReplicaState.STARTING, now, 0, 0, now, "");
    }

    /** The engine that takes this one's place after its pause. */
    public Replica startedAgain(ReplicaId newId, String newDigest, Instant now) {
        return new Replica(newId, slot, newDigest, ReplicaState.STARTING, now, restarts + 1, failures, now, detail);
    }

    /** It answered its health check. */
    public Replica answered(Instant now) {
        return switch (state) {
            case STARTING, UNHEALTHY -> in(ReplicaState.READY, now, "");
            case READY, LEAVING, ENDING, FAILING, BACKING_OFF -> this;
        };
    }

    /** It did not answer its health check, or not as a healthy engine does. */
    public Replica silent(Instant now, String reason) {
        return switch (state) {
            case READY -> in(ReplicaState.UNHEALTHY, now, reason);
            case STARTING, UNHEALTHY -> in(state, since, reason);
            case LEAVING, ENDING, FAILING, BACKING_OFF -> this;
        };
    }

    public Replica leaving(Instant now) {
        return in(ReplicaState.LEAVING, now, "");
    }

    public Replica ending(Instant now) {
        return in(ReplicaState.ENDING, now, "");
    }

    public Replica failing(Instant now, String reason) {
        return in(ReplicaState.FAILING, now, reason);
    }

    /** It is gone. Empty where that was asked for; else it waits for another to take its place. */
    public Optional<Replica> exited(Instant now, String reason) {
        return switch (state) {
            case LEAVING, ENDING, BACKING_OFF -> Optional.empty();
            case FAILING -> Optional.of(backingOff(now, detail));
            case STARTING, READY, UNHEALTHY -> Optional.of(backingOff(now, reason));
        };
    }

    private Replica backingOff(Instant now, String reason) {
        boolean proven = state == ReplicaState.READY && since.plus(PROVEN).isBefore(now);
        int row = proven ? 1 : failures + 1;
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(row - 1, MAX_DOUBLINGS));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return new Replica(
                id, slot, launchDigest, ReplicaState.BACKING_OFF, now, restarts, row, now.plus(pause), reason);
    }

    private Replica in(ReplicaState next, Instant when, String reason) {
        return new Replica(id, slot, launchDigest, next, when, restarts, failures, retryAt, reason);
    }
}
