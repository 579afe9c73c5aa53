package ai.exaone.quota.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A call with what it counts under, decided once, when it is recorded.
 *
 * @param day of its start in the tenant's zone
 * @param hour when the hour of that zone's clock began in which it started
 * @param statementMonth first day of the month whose statement bills it: not before {@code day}'s, and later than every closed one
 */
record LedgerEntry(UsageRecord call, LocalDate day, Instant hour, LocalDate statementMonth) {
    private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();

    /**
     * @param zone of the tenant now
     * @param closed first day of the tenant's last month whose statement is closed, if one is
     */
    static LedgerEntry of(UsageRecord call, ZoneId zone, Optional<LocalDate> closed) {
        LocalDate day = LocalDate.ofInstant(call.startedAt(), zone);
        LocalDate month = day.withDayOfMonth(1);
        LocalDate open = closed.map(last -> last.plusMonths(1)).orElse(month);
        return new LedgerEntry(call, day, hour(call.startedAt(), zone), open.isAfter(month) ? open : month);
    }

    /** When the hour of a zone's clock began that a moment is in. */
    static Instant hour(Instant at, ZoneId zone) {
        long offset = zone.getRules().getOffset(at).getTotalSeconds();
        long local = at.getEpochSecond() + offset;
        return Instant.ofEpochSecond(local - Math.floorMod(local, HOUR_SECONDS) - offset);
    }

    /** A call that the ledger has, and where it came from. */
    record Recorded(LedgerEntry entry, Source source) {}

    /** Where calls come from. */
    record Source(String gatewayId, Instant recordedAt) {}
}
