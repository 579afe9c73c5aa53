package ai.exaone.gateway.inference;

import ai.exaone.gateway.admission.Admission;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.MeteredCall;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.proto.quota.v1.Outcome;

/**
 * The books of one call that quota is asked for: what it holds and what is recorded of it. Whatever happens, closing it leaves the
 * call ended and its hold settled, once. For one thread.
 */
final class Settlement implements AutoCloseable {
    private static final int INTERNAL_ERROR = 500;

    private final Admission admission;
    private final HoldRequest hold;
    private final MeteredCall record;
    private boolean settled;

    /**
     * @param record of the call, begun
     */
    Settlement(Admission admission, HoldRequest hold, MeteredCall record) {
        this.admission = admission;
        this.hold = hold;
        this.record = record;
    }

    /** The record of the call. */
    MeteredCall record() {
        return record;
    }

    /** Records that nothing was admitted. Where quota did not answer it may hold something all the same, until this end is drained. */
    void refuse(CallEnd refusal) {
        settled = true;
        record.end(refusal);
    }

    /** Records the end and settles the hold: before the last byte goes out. */
    void finish(CallEnd end) {
        record.end(end);
        settle(end.tokens());
    }

    @Override
    public void close() {
        if (!record.ended()) {
            record.end(new CallEnd(
                    Outcome.OUTCOME_UPSTREAM_FAILED,
                    INTERNAL_ERROR,
                    TokenCounts.NONE,
                    "INTERNAL",
                    "The platform failed."));
        }
        settle(TokenCounts.NONE);
    }

    private void settle(TokenCounts used) {
        if (!settled) {
            settled = true;
            admission.settle(hold, used);
        }
    }
}
