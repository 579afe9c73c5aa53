package ai.exaone.quota.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** The interval of time by which usage is summed, in the tenant's zone. */
public enum Interval {
    /** One sum over the whole range. */
    NONE,
    HOUR,
    DAY,
    MONTH;

    /** When the interval began that a moment is in; empty without intervals. Never earlier for a later moment. */
    Optional<Instant> start(Instant at, ZoneId zone) {
        return switch (this) {
            case NONE -> Optional.empty();
            case HOUR -> Optional.of(LedgerEntry.hour(at, zone));
            case DAY ->
                Optional.of(LocalDate.ofInstant(at, zone).atStartOfDay(zone).toInstant());
            case MONTH ->
                Optional.of(LocalDate.ofInstant(at, zone)
                        .withDayOfMonth(1)
                        .atStartOfDay(zone)
                        .toInstant());
        };
    }
}
