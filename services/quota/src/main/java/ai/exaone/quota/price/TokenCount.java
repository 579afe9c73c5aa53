package ai.exaone.quota.price;

/**
 * Tokens of one call.
 *
 * @param input tokens of input, cached ones included
 * @param cachedInput tokens of input that the engine had cached; an engine that names more than {@code input} is believed for
 *     {@code input} only
 * @param output tokens of output, reasoning included
 */
public record TokenCount(long input, long cachedInput, long output) {
    /** No call has more tokens of one kind. */
    public static final long MOST = 1_000_000_000L;

    public static final TokenCount NONE = new TokenCount(0, 0, 0);

    public TokenCount {
        require(input);
        require(cachedInput);
        require(output);
        cachedInput = Math.min(cachedInput, input);
    }

    /** What limits on tokens count. */
    public long total() {
        return input + output;
    }

    private static void require(long tokens) {
        if (tokens < 0 || tokens > MOST) {
            throw new IllegalArgumentException("A call has 0 to " + MOST + " tokens of a kind: " + tokens);
        }
    }
}
