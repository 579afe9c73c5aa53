package ai.exaone.quota.admission;

import ai.exaone.quota.limit.LimitKind;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One reading of quota's clock for a tenant.
 *
 * @param at the time of day, which may be set back and forth
 * @param day the tenant's day, which only goes forward
 * @param nanos time that only goes forward; its seconds are the cells of {@link MinuteWindow}
 */
public record Moment(Instant at, LocalDate day, long nanos) {
    private static final long NANOS_PER_CELL = 1_000_000_000L;

    public long cell() {
        return cellOf(nanos);
    }

    static long cellOf(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_CELL);
    }

    /** The month of {@link #day}, as a number that rises by one a month. */
    static long month(LocalDate day) {
        return LimitKind.BUDGET_PER_MONTH.period(day);
    }
}
