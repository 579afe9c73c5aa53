package ai.exaone.gateway.queue;

import java.time.Duration;

/**
 * How calls may wait for a place at a busy model.
 *
 * @param longestWait of one call; at most half of what it has until its first byte
 * @param waitingPerPlace how many wait at the most, for each place
 */
public record QueueConfig(Duration longestWait, int waitingPerPlace) {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final int WAITING_PER_PLACE = 32;

    /** The values in force where nothing else is set. */
    public static final QueueConfig DEFAULTS = new QueueConfig(LONGEST_WAIT, WAITING_PER_PLACE);

    public QueueConfig {
        if (!longestWait.isPositive() || waitingPerPlace < 0) {
            throw new IllegalArgumentException("Calls wait for some time, and in some number");
        }
    }
}
