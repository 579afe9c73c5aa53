package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A limit in shadow: which of the calls in the ledger it would have let pass. Calls that it would have refused count for nothing in it, as if they
 * had not been made. Not thread-safe: {@link Book} guards it.
 */
final class ShadowLimit {
    private Limit limit;
    /** Empty by calendar: there it is what was used, but for what would have been refused. */
    private final Optional<PassedCalls> passed;

    private long period = Long.MIN_VALUE;
    private long refusedInPeriod;

    ShadowLimit(Limit limit) {
        this.limit = limit;
        this.passed = switch (limit.kind()) {
            case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE -> Optional.of(new PassedPerMinute());
            case CONCURRENT_REQUESTS -> Optional.of(new PassedAtOnce());
            case TOKENS_PER_DAY, TOKENS_PER_MONTH, BUDGET_PER_DAY, BUDGET_PER_MONTH -> Optional.empty();
        };
    }

    Limit limit() {
        return limit;
    }

    /** Goes on with another value. */
    void replace(Limit changed) {
        limit = changed;
    }

    /**
     * Whether it would have refused a call; each is asked about once.
     *
     * @param used by calendar, what is used of the present day or month, this call included
     */
    boolean refuses(ShadowCall call, long used, Moment now) {
        long needed = call.used().of(limit.kind());
        long amount = limit.amount(now.at());
        boolean refuses = amount == 0
                || (limit.kind().isBudget() && !call.used().priced())
                || (needed > 0 && !fits(call, needed, amount, used, now));
        if (refuses) {
            addRefused(call.day(), needed);
        }
        return refuses;
    }

    /** Learns what it would have refused of a day or month before. */
    void addRefused(LocalDate day, long amount) {
        long of = limit.kind().period(day);
        if (of > period) {
            period = of;
            refusedInPeriod = 0;
        }
        if (of == period) {
            refusedInPeriod += amount;
        }
    }

    private boolean fits(ShadowCall call, long needed, long amount, long used, Moment now) {
        if (passed.isPresent()) {
            return passed.get().take(call, needed, amount);
        }
        long present = limit.kind().period(now.day());
        // What came late into a day or month that is over is not told any more.
        boolean isOver = limit.kind().period(call.day()) != present;
        return isOver || used - (period == present ? refusedInPeriod : 0) <= amount;
    }
}
