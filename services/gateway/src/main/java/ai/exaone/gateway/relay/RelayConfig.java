package ai.exaone.gateway.relay;

import java.time.Duration;
import java.util.Map;

/**
 * How exchanges are bounded.
 *
 * @param timeouts of models that have none of their own
 * @param timeoutsOfModels by model
 * @param attempts replicas tried for one call
 * @param longestAnswer bytes of an answer that is not streamed and has to be mapped
 * @param longestEvent bytes of one event of a stream
 * @param requestTimeout until a request has arrived whole
 */
public record RelayConfig(
        Timeouts timeouts,
        Map<String, Timeouts> timeoutsOfModels,
        int attempts,
        int longestAnswer,
        int longestEvent,
        Duration requestTimeout) {
    private static final int ATTEMPTS = 3;
    private static final int LONGEST_ANSWER = 64 << 20;
    private static final int LONGEST_EVENT = 4 << 20;

    /** The values in force where nothing else is set. */
    public static final RelayConfig DEFAULTS = new RelayConfig(
            Timeouts.DEFAULTS, Map.of(), ATTEMPTS, LONGEST_ANSWER, LONGEST_EVENT, Duration.ofMinutes(1));

    public RelayConfig {
        timeoutsOfModels = Map.copyOf(timeoutsOfModels);
        if (attempts < 1 || longestAnswer < 1 || longestEvent < 1 || !requestTimeout.isPositive()) {
            throw new IllegalArgumentException("Attempts, lengths and times are positive");
        }
    }

    /** The timeouts of a model. */
    public Timeouts timeouts(String model) {
        return timeoutsOfModels.getOrDefault(model, timeouts);
    }

    /** The same with other timeouts. */
    public RelayConfig with(Timeouts general, Map<String, Timeouts> ofModels) {
        return new RelayConfig(general, ofModels, attempts, longestAnswer, longestEvent, requestTimeout);
    }
}
