package ai.exaone.gateway.metering;

import java.util.Optional;

/**
 * A call that is over.
 *
 * @param start what was known when it arrived
 * @param end how it ended
 * @param replicaId the replica that answered, or was asked last; empty where none was
 * @param firstByteMicros microseconds from its arrival to the first byte of its answer; 0 where there was none
 * @param durationMicros microseconds from its arrival to its end
 * @param charge how it counts in limits by day and month, where this gateway admitted it by itself
 */
public record EndedCall(
        CallStart start,
        CallEnd end,
        String replicaId,
        long firstByteMicros,
        long durationMicros,
        Optional<LimitCharge> charge) {}
