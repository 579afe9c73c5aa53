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

    private static final Names OF_REQUESTS = Names.of("requests");
    private static final Names OF_TOKENS = Names.of("tokens");
    private static final long MINUTE_MILLIS = 60_000;

    /**
     * One limit.
     *
     * @param resetAfter when it is whole again
     */
    public record State(long limit, long remaining, Duration resetAfter) {}

    /** The same as headers of an answer, names in lower case. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        requests.ifPresent(state -> OF_REQUESTS.put(headers, state));
        tokens.ifPresent(state -> OF_TOKENS.put(headers, state));
        return headers;
    }

    /** Names of headers. */
    private record Names(String limit, String remaining, String reset) {
        static Names of(String unit) {
            return new Names("x-ratelimit-limit-" + unit, "x-ratelimit-remaining-" + unit, "x-ratelimit-reset-" + unit);
        }

        void put(Map<String, String> headers, State state) {
            headers.put(limit, Long.toString(state.limit()));
            headers.put(remaining, Long.toString(state.remaining()));
            headers.put(reset, words(state.resetAfter()));
        }
    }

    /** As OpenAI writes it: {@code 250ms}, {@code 7.5s}, {@code 1m30s}. */
    private static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis == MINUTE_MILLIS) {
            // What limits by the minute say of themselves.
            return "1m0s";
        }
        if (millis < 1_000) {
            return millis + "ms";
        }
        String minutes = duration.toMinutes() == 0 ? "" : duration.toMinutes() + "m";
        long rest = millis % MINUTE_MILLIS;
        return minutes + (rest % 1_000 == 0 ? Long.toString(rest / 1_000) : Double.toString(rest / 1_000.0)) + "s";
    }
}
