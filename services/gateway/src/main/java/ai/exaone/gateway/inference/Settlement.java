package ai.exaone.gateway.inference;

import ai.exaone.gateway.admission.Admission;
import ai.exaone.gateway.admission.HoldRequest;
import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.MeteredCall;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.proto.quota.v1.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The books of one admitted call: what it holds and what is recorded of it. Whatever happens, closing it leaves the call ended and
 * its hold settled, once. For one thread.
 */
final class Settlement implements AutoCloseable {
    private static final int INTERNAL_ERROR = 500;

    private final Admission admission;
    private final HoldRequest hold;
    private @Nullable MeteredCall record;
    private boolean settled;

    Settlement(Admission admission, HoldRequest hold) {
        this.admission = admission;
        this.hold = hold;
    }

    /** The call is recorded from now on. */
    void recordedBy(MeteredCall begun) {
        record = begun;
    }

    /** Whether its beginning is recorded. */
    boolean recorded() {
        return record != null;
    }

    /** The record of the call; once it is {@link #recorded}. */
    MeteredCall record() {
        return Optional.ofNullable(record).orElseThrow();
    }

    /** Records the end and settles the hold: before the last byte goes out. */
    void finish(CallEnd end) {
        if (record != null) {
            record.end(end);
        }
        settle(end.tokens());
    }

    @Override
    public void close() {
        if (record != null && !record.ended()) {
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
