package ai.exaone.gateway.relay;

import java.time.Duration;

/**
 * How long upstreams are waited for.
 *
 * @param connect until a connection stands
 * @param firstByte from the request to the first piece of the answer: queueing and reading the prompt are in it
 * @param idle between two pieces of an answer
 * @param total of one call
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {
    /** The values in force where nothing else is set. */
    public static final Timeouts DEFAULTS =
            new Timeouts(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofHours(1));

    public Timeouts {
        if (!isPositive(connect) || !isPositive(firstByte) || !isPositive(idle) || !isPositive(total)) {
            throw new IllegalArgumentException("Timeouts are positive");
        }
    }

    private static boolean isPositive(Duration time) {
        return time.isPositive();
    }
}
