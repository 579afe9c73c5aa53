package ai.exaone.gateway.admission.slice;

import ai.exaone.gateway.metering.TokenCounts;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * A price as quota told it: micro-KRW a token. What calls are held for by it bounds what they cost; what they cost is the ledger's to say.
 *
 * @param effectiveAt from when on, inclusive
 */
record KnownPrice(
        String priceId,
        String model,
        long inputMicros,
        long cachedInputMicros,
        long outputMicros,
        Instant effectiveAt) {
    /** Computes with a price, if there is one and the amount can be counted exactly. */
    static OptionalLong exactly(Optional<KnownPrice> price, ToLongFunction<KnownPrice> amount) {
        try {
            return price.isPresent() ? OptionalLong.of(amount.applyAsLong(price.get())) : OptionalLong.empty();
        } catch (ArithmeticException outOfRange) {
            return OptionalLong.empty();
        }
    }

    /**
     * The most that a call of so many tokens can cost.
     *
     * @throws ArithmeticException out of range
     */
    long most(long inputTokens, long outputTokens) {
        return sum(Math.multiplyExact(inputTokens, Math.max(inputMicros, cachedInputMicros)), outputTokens);
    }

    /**
     * What a call costs.
     *
     * @throws ArithmeticException out of range
     */
    long amount(TokenCounts used) {
        // An engine that names more cached tokens than tokens of input is believed for the input only.
        long cached = Math.min(used.cachedInput(), used.input());
        long fresh = Math.multiplyExact(used.input() - cached, inputMicros);
        return sum(Math.addExact(fresh, Math.multiplyExact(cached, cachedInputMicros)), used.output());
    }

    private long sum(long input, long outputTokens) {
        return Math.addExact(input, Math.multiplyExact(outputTokens, outputMicros));
    }
}
