package ai.exaone.gateway.admission.slice;

import ai.exaone.gateway.metering.TokenCounts;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The most that a request takes.
 *
 * @param slots of limits on concurrent requests
 * @param micros in micro-KRW; empty where only quota can say
 * @param price that it counts at; empty where it has none or only quota can say
 */
record Need(int slots, long tokens, OptionalLong micros, Optional<KnownPrice> price) {
    static Need of(int slots, long inputTokens, long outputTokens, Optional<KnownPrice> price) {
        long tokens = inputTokens + outputTokens;
        // What uses no tokens costs nothing, whatever they cost.
        OptionalLong micros = tokens == 0
                ? OptionalLong.of(0)
                : KnownPrice.exactly(price, known -> known.most(inputTokens, outputTokens));
        return new Need(slots, tokens, micros, price);
    }

    /** How much that is of a limit; of money that is not known, all there is. */
    long of(KnownLimit.Unit unit) {
        return switch (unit) {
            case REQUESTS -> 1;
            case TOKENS, DAY_TOKENS, MONTH_TOKENS -> tokens;
            case SLOTS -> slots;
            case DAY_MONEY, MONTH_MONEY -> micros.orElse(Long.MAX_VALUE);
            case OTHER -> throw new IllegalStateException("There are no slices of " + unit);
        };
    }

    /** What it cost, in micro-KRW; all that was held where that cannot be said. */
    long cost(TokenCounts used) {
        return KnownPrice.exactly(price, known -> known.amount(used)).orElse(micros.orElse(0));
    }
}
