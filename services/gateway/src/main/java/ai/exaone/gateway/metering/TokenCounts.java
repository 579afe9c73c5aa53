package ai.exaone.gateway.metering;

/**
 * Tokens that one call used.
 *
 * @param input tokens of input, cached ones included
 * @param cachedInput tokens of input that the engine had cached
 * @param output tokens of output, reasoning included
 * @param reasoning tokens of output that were reasoning
 * @param estimated whether these are our estimate, for lack of the engine's own count
 */
public record TokenCounts(long input, long cachedInput, long output, long reasoning, boolean estimated) {
    /** Nothing was used. */
    public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0, false);

    public TokenCounts {
        if (input < 0 || cachedInput < 0 || output < 0 || reasoning < 0) {
            throw new IllegalArgumentException("Tokens are not negative");
        }
    }

    /** An estimate of ours. */
    public static TokenCounts estimate(long input, long output) {
        return new TokenCounts(input, 0, output, 0, true);
    }
}
