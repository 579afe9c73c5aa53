package ai.exaone.quota.admission;

/**
 * Tokens and money of the current day or month: what is used, and what is held and may still be less. Periods are numbers that rise;
 * a later one empties the counter, an earlier one no longer counts. Not thread-safe.
 */
final class PeriodUse {
    private long period = Long.MIN_VALUE;
    private long usedTokens;
    private long heldTokens;
    private long usedMicros;
    private long heldMicros;

    void addUsed(long of, long tokens, long micros) {
        if (reaches(of)) {
            usedTokens += tokens;
            usedMicros += micros;
        }
    }

    void addHeld(long of, long tokens, long micros) {
        if (reaches(of)) {
            heldTokens += tokens;
            heldMicros += micros;
        }
    }

    /** Adds all that another one counts. */
    void addAll(PeriodUse other) {
        addUsed(other.period, other.usedTokens, other.usedMicros);
        addHeld(other.period, other.heldTokens, other.heldMicros);
    }

    /** Tokens used and held. */
    long tokens(long now) {
        reaches(now);
        return usedTokens + heldTokens;
    }

    /** Micro-KRW used and held. */
    long micros(long now) {
        reaches(now);
        return usedMicros + heldMicros;
    }

    long usedTokens(long now) {
        reaches(now);
        return usedTokens;
    }

    long usedMicros(long now) {
        reaches(now);
        return usedMicros;
    }

    /** Whether so much money can be added without leaving the range of a long. */
    boolean hasRoom(long micros) {
        return usedMicros <= Long.MAX_VALUE - heldMicros && usedMicros + heldMicros <= Long.MAX_VALUE - micros;
    }

    boolean isEmpty(long now) {
        reaches(now);
        return usedTokens == 0 && heldTokens == 0 && usedMicros == 0 && heldMicros == 0;
    }

    private boolean reaches(long other) {
        if (other > period) {
            period = other;
            usedTokens = 0;
            heldTokens = 0;
            usedMicros = 0;
            heldMicros = 0;
        }
        return other == period;
    }
}
