package ai.exaone.gateway.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many tokens a body of so many bytes is, learnt for each model from the engine's own counts. Thread-safe; forgets when the
 * process ends.
 */
public final class InputEstimator {
    /** Before anything is learnt: little, so that the hold is rather too large. */
    private static final double FIRST_BYTES_PER_TOKEN = 3;

    private static final double LEAST_BYTES_PER_TOKEN = 1;
    private static final double MOST_BYTES_PER_TOKEN = 16;
    private static final double WEIGHT_OF_NEWEST = 0.1;
    /** A hold is this much larger than what is likely. */
    private static final double MARGIN = 1.5;

    private static final int MOST_MODELS = 10_000;

    private final Map<String, Double> bytesPerToken = new ConcurrentHashMap<>();

    /** The most tokens that a body can reasonably be. */
    public long most(String model, int bytes) {
        return (long) Math.ceil(bytes / ratio(model) * MARGIN);
    }

    /** The tokens that a body likely is. */
    public long likely(String model, int bytes) {
        return Math.round(bytes / ratio(model));
    }

    /** Learns from the engine's count. */
    public void learn(String model, int bytes, long tokens) {
        if (tokens < 1 || bytesPerToken.size() >= MOST_MODELS) {
            return;
        }
        double seen = Math.clamp((double) bytes / tokens, LEAST_BYTES_PER_TOKEN, MOST_BYTES_PER_TOKEN);
        bytesPerToken.merge(model, seen, (known, newest) -> known + WEIGHT_OF_NEWEST * (newest - known));
    }

    private double ratio(String model) {
        return bytesPerToken.getOrDefault(model, FIRST_BYTES_PER_TOKEN);
    }
}
