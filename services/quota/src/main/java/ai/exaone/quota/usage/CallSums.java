package ai.exaone.quota.usage;

/**
 * What calls add up to, or by how much two such sums differ. Exact: what leaves the range of a long fails. Tokens are those that are
 * billed: none of refused calls.
 *
 * @param inputTokens cached ones included
 * @param outputTokens reasoning included
 */
public record CallSums(
        long requests,
        long inputTokens,
        long cachedInputTokens,
        long outputTokens,
        long reasoningTokens,
        long amountMicros) {
    public static final CallSums NOTHING = new CallSums(0, 0, 0, 0, 0, 0);

    /** What one call adds. */
    public static CallSums of(UsageRecord call) {
        var billed = call.billed();
        return new CallSums(
                1,
                billed.input(),
                billed.cachedInput(),
                billed.output(),
                call.result().outcome() == Outcome.REFUSED ? 0 : call.reasoningTokens(),
                call.amountMicros());
    }

    public CallSums plus(CallSums other) {
        return new CallSums(
                Math.addExact(requests, other.requests),
                Math.addExact(inputTokens, other.inputTokens),
                Math.addExact(cachedInputTokens, other.cachedInputTokens),
                Math.addExact(outputTokens, other.outputTokens),
                Math.addExact(reasoningTokens, other.reasoningTokens),
                Math.addExact(amountMicros, other.amountMicros));
    }

    public CallSums minus(CallSums other) {
        return new CallSums(
                Math.subtractExact(requests, other.requests),
                Math.subtractExact(inputTokens, other.inputTokens),
                Math.subtractExact(cachedInputTokens, other.cachedInputTokens),
                Math.subtractExact(outputTokens, other.outputTokens),
                Math.subtractExact(reasoningTokens, other.reasoningTokens),
                Math.subtractExact(amountMicros, other.amountMicros));
    }
}
