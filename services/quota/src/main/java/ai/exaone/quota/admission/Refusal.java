package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitUse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One limit's no.
 *
 * @param needed what the request would take of it
 * @param delay until the same request may pass, as far as this limit goes; empty when waiting does not help
 */
record Refusal(Limit limit, LimitUse use, long needed, AdmissionError reason, Optional<Duration> delay) {
    private static final int MICRO_DIGITS = 6;
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /**
     * Of several, the one that refuses the longest, and of those the last.
     *
     * @param refusals at least one
     */
    static Refusal longest(List<Refusal> refusals) {
        return refusals.stream()
                .reduce((longest, next) -> next.outlasts(longest) ? next : longest)
                .orElseThrow();
    }

    /** Whether this one refuses at least as long as another. */
    private boolean outlasts(Refusal other) {
        boolean withoutPrice = reason == AdmissionError.MODEL_WITHOUT_PRICE;
        boolean otherWithoutPrice = other.reason == AdmissionError.MODEL_WITHOUT_PRICE;
        return withoutPrice == otherWithoutPrice
                ? delay.orElse(FOREVER).compareTo(other.delay.orElse(FOREVER)) >= 0
                : withoutPrice;
    }

    Decision.Refused decision() {
        return new Decision.Refused(limit, use, reason, message(), delay);
    }

    private String message() {
        String named = "the limit of %s %s of %s"
                .formatted(
                        amount(use.amount()),
                        limit.kind().words(),
                        limit.scope().words());
        if (reason == AdmissionError.MODEL_WITHOUT_PRICE) {
            return "The model has no price, and " + named + " needs one.";
        }
        return "This request needs %s and does not fit in %s: %s used."
                .formatted(amount(needed), named, amount(use.used()));
    }

    private String amount(long amount) {
        return limit.kind().isBudget()
                ? BigDecimal.valueOf(amount, MICRO_DIGITS).stripTrailingZeros().toPlainString()
                : Long.toString(amount);
    }
}
