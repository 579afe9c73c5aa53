package ai.exaone.quota.reconciliation;

import ai.exaone.quota.usage.CallSums;
import ai.exaone.quota.usage.HourKey;
import ai.exaone.quota.usage.SumKey;
import java.util.SortedMap;

/** A tenant's ledger and all sums that are derived from it, at one moment. */
record ComparedSums(Comparison<SumKey> days, Comparison<HourKey> hours) {
    /** What has to be added to the sums to make them right. */
    Missing missing() {
        return new Missing(days.missing(), hours.missing());
    }

    record Missing(SortedMap<SumKey, CallSums> days, SortedMap<HourKey, CallSums> hours) {
        int count() {
            return days.size() + hours.size();
        }
    }
}
