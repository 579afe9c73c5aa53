package ai.exaone.quota.admission;

import ai.exaone.quota.usage.UsageRecord;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A call that is over, as limits in shadow look at it.
 *
 * @param startMillis since 1970
 * @param day in whose limits it counts
 * @param used what it took
 */
record ShadowCall(long startMillis, long endMillis, LocalDate day, Demand used) {
    /**
     * @param now no call begins later, whatever its gateway's clock says
     */
    static ShadowCall of(UsageRecord call, LocalDate day, Instant now) {
        long start = Math.min(call.startedAt().toEpochMilli(), now.toEpochMilli());
        long tokens = call.billed().total();
        boolean priced = !call.priceId().isEmpty() || tokens == 0;
        Demand used = new Demand(AdmissionRequest.slots(call.model()), tokens, call.amountMicros(), priced);
        return new ShadowCall(start, start + call.duration().toMillis(), day, used);
    }
}
