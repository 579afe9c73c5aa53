package ai.exaone.quota.retention;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/**
 * A week of the ledger, by the ids of its requests. The first also has all requests from before.
 *
 * @param monday its first day, by UTC
 */
public record Week(LocalDate monday) implements Comparable<Week> {
    public Week {
        if (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
            throw new IllegalArgumentException("Weeks begin on Mondays, not on " + monday);
        }
    }

    /** The week that a day is in. */
    static Week of(LocalDate day) {
        return new Week(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    Week next() {
        return new Week(monday.plusWeeks(1));
    }

    /** The day after its last. */
    LocalDate end() {
        return monday.plusWeeks(1);
    }

    @Override
    public int compareTo(Week other) {
        return monday.compareTo(other.monday);
    }
}
