package ai.exaone.quota.price;

import ai.exaone.errors.PlatformException;

/**
 * What tokens cost, in micro-KRW a token. Products and sums are exact; one that leaves the range of a long is an error.
 *
 * @param inputMicros a token of input
 * @param cachedInputMicros a token of input that the engine had cached
 * @param outputMicros a token of output
 */
public record Rates(long inputMicros, long cachedInputMicros, long outputMicros) {
    /** One million KRW a token. */
    public static final long MOST_MICROS = 1_000_000_000_000L;

    public Rates {
        require(inputMicros);
        require(cachedInputMicros);
        require(outputMicros);
    }

    /**
     * What a call costs.
     *
     * @throws PlatformException AMOUNT_OUT_OF_RANGE
     */
    public long amount(TokenCount tokens) {
        try {
            long input = Math.multiplyExact(tokens.input() - tokens.cachedInput(), inputMicros);
            long cached = Math.multiplyExact(tokens.cachedInput(), cachedInputMicros);
            long output = Math.multiplyExact(tokens.output(), outputMicros);
            return Math.addExact(Math.addExact(input, cached), output);
        } catch (ArithmeticException overflow) {
            throw outOfRange();
        }
    }

    /**
     * The most that a call of so many tokens can cost.
     *
     * @throws PlatformException AMOUNT_OUT_OF_RANGE
     */
    public long most(long inputTokens, long outputTokens) {
        // An operator may price cached input above fresh input; the most is the most all the same.
        boolean cachedIsDearer = cachedInputMicros > inputMicros;
        return amount(new TokenCount(inputTokens, cachedIsDearer ? inputTokens : 0, outputTokens));
    }

    private static PlatformException outOfRange() {
        return new PlatformException(PriceError.AMOUNT_OUT_OF_RANGE, "The amount is too large to be counted.");
    }

    private static void require(long micros) {
        if (micros < 0 || micros > MOST_MICROS) {
            throw new IllegalArgumentException("A token costs 0 to " + MOST_MICROS + " micro-KRW: " + micros);
        }
    }
}
