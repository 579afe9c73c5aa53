package ai.exaone.gateway.relay;

import java.time.Duration;

/**
 * How long upstreams are waited for, and how much is kept of one answer.
 *
 * @param connectTimeout until a connection stands
 * @param firstByteTimeout from the request to the head of the answer: queueing and reading the prompt are in it
 * @param idleTimeout between two pieces of an answer
 * @param totalTimeout of one call
 * @param attempts replicas tried for one call
 * @param longestAnswer bytes of an answer that is not streamed
 * @param longestEvent bytes of one event of a stream
 */
public record RelayConfig(
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration idleTimeout,
        Duration totalTimeout,
        int attempts,
        int longestAnswer,
        int longestEvent) {
    /** The values in force where nothing else is set. */
    public static final RelayConfig DEFAULTS = new RelayConfig(
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            3,
            64 << 20,
            4 << 20);

    public RelayConfig {
        if (attempts < 1 || longestAnswer < 1 || longestEvent < 1) {
            throw new IllegalArgumentException("Attempts and lengths are positive");
        }
    }
}
