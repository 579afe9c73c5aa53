package ai.exaone.quota.admission;

import ai.exaone.quota.limit.LimitKind;
import ai.exaone.quota.price.Price;
import java.util.Optional;

/**
 * The most that a request can take of limits of each kind.
 *
 * @param priced whether its money is known
 */
record Demand(int slots, long tokens, long micros, boolean priced) {

    static Demand of(AdmissionRequest request, Optional<Price> price) {
        long input = request.most().input();
        long output = request.most().output();
        // What uses no tokens costs nothing, whatever they cost.
        boolean priced = price.isPresent() || input + output == 0;
        long micros = price.map(found -> found.rates().most(input, output)).orElse(0L);
        return new Demand(request.slots(), input + output, micros, priced);
    }

    long of(LimitKind kind) {
        return switch (kind) {
            case REQUESTS_PER_MINUTE -> 1;
            case CONCURRENT_REQUESTS -> slots;
            case TOKENS_PER_MINUTE, TOKENS_PER_DAY, TOKENS_PER_MONTH -> tokens;
            case BUDGET_PER_DAY, BUDGET_PER_MONTH -> micros;
        };
    }
}
