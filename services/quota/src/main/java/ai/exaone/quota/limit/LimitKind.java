package ai.exaone.quota.limit;

import java.time.LocalDate;

/** What a limit counts. Names are stored. */
public enum LimitKind {
    /** Admissions in any 60 seconds. */
    REQUESTS_PER_MINUTE("requests per minute"),
    /** Tokens, input and output, in any 60 seconds. */
    TOKENS_PER_MINUTE("tokens per minute"),
    /** Requests admitted and not yet settled. */
    CONCURRENT_REQUESTS("concurrent requests"),
    /** Tokens in a calendar day. */
    TOKENS_PER_DAY("tokens per day"),
    /** Tokens in a calendar month. */
    TOKENS_PER_MONTH("tokens per month"),
    /** Micro-KRW in a calendar day. */
    BUDGET_PER_DAY("KRW per day"),
    /** Micro-KRW in a calendar month. */
    BUDGET_PER_MONTH("KRW per month");

    private final String words;

    LimitKind(String words) {
        this.words = words;
    }

    /** Whether it counts by the tenant's day or month. */
    public boolean isByCalendar() {
        return this != REQUESTS_PER_MINUTE && this != TOKENS_PER_MINUTE && this != CONCURRENT_REQUESTS;
    }

    /** The period that a day is in, as a number that rises by one from each to the next; the same for all days where there is none. */
    public long period(LocalDate day) {
        return switch (this) {
            case TOKENS_PER_DAY, BUDGET_PER_DAY -> day.toEpochDay();
            case TOKENS_PER_MONTH, BUDGET_PER_MONTH -> day.getYear() * 12L + day.getMonthValue();
            case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE, CONCURRENT_REQUESTS -> 0;
        };
    }

    /** The unit for people, to be written after an amount. */
    public String words() {
        return words;
    }

    /** Whether amounts are micro-KRW. */
    public boolean isBudget() {
        return this == BUDGET_PER_DAY || this == BUDGET_PER_MONTH;
    }
}
