package ai.exaone.gateway.admission;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What remains of the tightest limits per minute.
 *
 * @param requests of requests; empty when there is none
 * @param tokens of tokens; empty when there is none
 */
public record RateLimits(Optional<State> requests, Optional<State> tokens) {
    /** Nothing is known. */
    public static final RateLimits UNKNOWN = new RateLimits(Optional.empty(), Optional.empty());

    /**
     * One limit.
     *
     * @param resetAfter when it is whole again
     */
    public record State(long limit, long remaining, Duration resetAfter) {}

    /** The same as headers of an answer, names in lower case. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        requests.ifPresent(state -> put(headers, "requests", state));
        tokens.ifPresent(state -> put(headers, "tokens", state));
        return headers;
    }

    private static void put(Map<String, String> headers, String unit, State state) {
        headers.put("x-ratelimit-limit-" + unit, Long.toString(state.limit()));
        headers.put("x-ratelimit-remaining-" + unit, Long.toString(state.remaining()));
        headers.put("x-ratelimit-reset-" + unit, words(state.resetAfter()));
    }

    /** As OpenAI writes it: {@code 250ms}, {@code 7.5s}, {@code 1m30s}. */
    private static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + "ms";
        }
        String minutes = duration.toMinutes() == 0 ? "" : duration.toMinutes() + "m";
        long rest = millis % 60_000;
        return minutes + (rest % 1_000 == 0 ? Long.toString(rest / 1_000) : Double.toString(rest / 1_000.0)) + "s";
    }
}
