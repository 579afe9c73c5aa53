package ai.exaone.quota.admission;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * The days of one tenant, as its limits count them. They never go back: where the tenant moves to a zone in which it is still
 * yesterday, or the machine's clock is set back a little, the day that was reached goes on until the next begins. So what was used
 * keeps counting, and moving back and forth makes no new day. Not thread-safe: {@link Book} guards it.
 */
final class TenantCalendar {
    /** Dates at one moment differ by at most two days between any zones: a day beyond was reached by a clock that was wrong. */
    private static final int FARTHEST_ZONES_DAYS = 2;

    private final QuotaClock clock;
    private final Supplier<ZoneId> zone;
    private LocalDate reached = LocalDate.MIN;

    /**
     * @param zone of the tenant now
     */
    TenantCalendar(QuotaClock clock, Supplier<ZoneId> zone) {
        this.clock = clock;
        this.zone = zone;
    }

    Moment now() {
        Instant at = clock.instant();
        LocalDate today = dayOf(at);
        if (today.isAfter(reached) || today.plusDays(FARTHEST_ZONES_DAYS).isBefore(reached)) {
            reached = today;
        }
        return new Moment(at, reached, clock.nanos());
    }

    /** Learns of a day that something was counted on before. */
    void counted(LocalDate day) {
        if (day.isAfter(reached)) {
            reached = day;
        }
    }

    /** The day of a moment. */
    LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, zone.get());
    }

    /** When a day begins; where clocks are set forward over midnight, the first moment after that. */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone.get()).toInstant();
    }
}
