package ai.exaone.quota.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A call with what it counts under, decided once, when it is recorded.
 *
 * @param day of its start in the tenant's zone
 * @param statementMonth first day of the month whose statement bills it: not before {@code day}'s, and later than every closed one
 */
record LedgerEntry(UsageRecord call, LocalDate day, LocalDate statementMonth) {
    /**
     * @param zone of the tenant now
     * @param closed first day of the tenant's last month whose statement is closed, if one is
     */
    static LedgerEntry of(UsageRecord call, ZoneId zone, Optional<LocalDate> closed) {
        LocalDate day = LocalDate.ofInstant(call.startedAt(), zone);
        LocalDate month = day.withDayOfMonth(1);
        LocalDate open = closed.map(last -> last.plusMonths(1)).orElse(month);
        return new LedgerEntry(call, day, open.isAfter(month) ? open : month);
    }

    /** A call that the ledger has, and where it came from. */
    record Recorded(LedgerEntry entry, Source source) {}

    /** Where calls come from. */
    record Source(String gatewayId, Instant recordedAt) {}
}
