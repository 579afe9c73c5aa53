package ai.exaone.gateway.idempotency;

import java.time.Duration;

/**
 * What is kept of calls with an idempotency key.
 *
 * @param retention how long a key is remembered, from when it was first seen
 * @param longestWait how long a repeated call waits for the first
 * @param lease how long a call is taken to run after its gateway last said so; it says so in each third of it
 * @param largestResult bytes of the largest result that is kept
 * @param mostOfProject bytes of all that is kept of one project, at which no more keys of it are taken
 */
public record IdempotencyConfig(
        Duration retention, Duration longestWait, Duration lease, int largestResult, long mostOfProject) {
    /** What holds where nothing else is said. */
    public static final IdempotencyConfig DEFAULTS = new IdempotencyConfig(
            Duration.ofHours(24), Duration.ofSeconds(55), Duration.ofSeconds(20), 8 << 20, 1L << 30);
}
