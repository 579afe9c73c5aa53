package ai.exaone.quota.reconciliation;

import java.time.Instant;
import java.util.Optional;

/**
 * A difference that was found.
 *
 * @param differenceId {@code dif_…}
 * @param subject what was compared
 * @param finding by how much it differs
 * @param resolved when it was seen to be gone; empty while it is open
 */
public record Difference(
        String differenceId,
        Subject subject,
        Finding finding,
        Instant firstSeen,
        Instant lastSeen,
        Optional<Instant> resolved) {

    /**
     * What is compared at once.
     *
     * @param tenantId empty for a spool
     * @param gatewayId empty for sums and statements
     * @param period beginning of the day, hour or month; the epoch where there is none
     */
    public record Subject(DifferenceKind kind, String tenantId, String gatewayId, Instant period) {}

    /**
     * By how much one measure differs.
     *
     * @param ledger what the ledger's rows add up to
     * @param derived what it says where it is derived
     * @param units how far they are apart, group by group: two groups that are wrong in opposite ways do not make up for one another
     */
    public record Finding(String measure, long ledger, long derived, long units) {
        public Finding {
            if (units < 1) {
                throw new IllegalArgumentException("A finding is of at least one unit");
            }
        }
    }
}
