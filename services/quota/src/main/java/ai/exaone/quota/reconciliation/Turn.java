package ai.exaone.quota.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the last turn did, and where the next goes on.
 *
 * @param ended when it ended; the epoch before the first
 * @param days of tenants that it compared
 * @param calls in them
 * @param recentAfter the last tenant whose latest days it compared; empty when it came to all of them
 * @param walkTenant the tenant at whose days the walk through all of the ledger goes on; empty for the first
 * @param walkDay the day it goes on at; empty for the tenant's first
 * @param walked when the walk last came to its end
 */
public record Turn(
        Instant ended,
        long days,
        long calls,
        String recentAfter,
        String walkTenant,
        Optional<LocalDate> walkDay,
        Optional<Instant> walked) {
    static final Turn NONE = new Turn(Instant.EPOCH, 0, 0, "", "", Optional.empty(), Optional.empty());

    /**
     * The most that one turn does of each of its two parts; it may be passed by one stretch of days.
     *
     * @param calls of the ledger read
     * @param stretches of a tenant's days compared
     */
    public record Bounds(long calls, int stretches) {
        public static final Bounds DEFAULT = new Bounds(2_000_000, 5_000);
    }
}
