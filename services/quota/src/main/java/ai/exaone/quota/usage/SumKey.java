package ai.exaone.quota.usage;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * What calls are summed up by. Text that does not apply is empty. Ordered as the database orders it, so that writers lock sums in one
 * order.
 *
 * @param statementMonth first day of the month whose statement bills them
 * @param day in the tenant's time zone, as it was when they were recorded
 */
public record SumKey(
        String tenantId,
        LocalDate statementMonth,
        LocalDate day,
        String projectId,
        String keyId,
        String model,
        String agentId,
        Outcome outcome,
        String priceId)
        implements Comparable<SumKey> {
    private static final Comparator<SumKey> ORDER = Comparator.comparing(SumKey::tenantId)
            .thenComparing(SumKey::day)
            .thenComparing(SumKey::statementMonth)
            .thenComparing(SumKey::projectId)
            .thenComparing(SumKey::keyId)
            .thenComparing(SumKey::model)
            .thenComparing(SumKey::agentId)
            .thenComparing(SumKey::outcome)
            .thenComparing(SumKey::priceId);

    /** What a call of the ledger is summed up by. */
    static SumKey of(LedgerEntry entry) {
        UsageRecord call = entry.call();
        return new SumKey(
                call.caller().tenantId(),
                entry.statementMonth(),
                entry.day(),
                call.caller().projectId(),
                call.caller().keyId(),
                call.model(),
                call.caller().agentId(),
                call.result().outcome(),
                call.priceId());
    }

    @Override
    public int compareTo(SumKey other) {
        return ORDER.compare(this, other);
    }
}
