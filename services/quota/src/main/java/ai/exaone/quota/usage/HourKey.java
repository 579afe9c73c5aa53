package ai.exaone.quota.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * What calls are summed up by within a day. Text that does not apply is empty. Ordered as the database orders it, so that writers lock sums
 * in one order.
 *
 * @param day in the tenant's time zone, as it was when they were recorded
 * @param hour when the hour of that zone's clock began
 */
public record HourKey(
        String tenantId,
        LocalDate day,
        Instant hour,
        String projectId,
        String keyId,
        String model,
        String agentId,
        Outcome outcome)
        implements Comparable<HourKey> {
    private static final Comparator<HourKey> ORDER = Comparator.comparing(HourKey::tenantId)
            .thenComparing(HourKey::day)
            .thenComparing(HourKey::hour)
            .thenComparing(HourKey::projectId)
            .thenComparing(HourKey::keyId)
            .thenComparing(HourKey::model)
            .thenComparing(HourKey::agentId)
            .thenComparing(HourKey::outcome);

    /** What a call of the ledger is summed up by. */
    static HourKey of(LedgerEntry entry) {
        UsageRecord call = entry.call();
        return new HourKey(
                call.caller().tenantId(),
                entry.day(),
                entry.hour(),
                call.caller().projectId(),
                call.caller().keyId(),
                call.model(),
                call.caller().agentId(),
                call.result().outcome());
    }

    @Override
    public int compareTo(HourKey other) {
        return ORDER.compare(this, other);
    }
}
