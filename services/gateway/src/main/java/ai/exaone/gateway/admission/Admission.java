package ai.exaone.gateway.admission;

import ai.exaone.gateway.metering.TokenCounts;

/** Holds and settles. Thread-safe. */
public interface Admission {
    /**
     * Holds the most that a call can use on every limit above it.
     *
     * @throws ai.exaone.errors.PlatformException when the limits cannot be asked
     */
    Decision admit(HoldRequest request);

    /**
     * Replaces a hold by what was used. Does not fail: a hold that could not be settled is settled by the call's record in the
     * ledger.
     */
    void settle(HoldRequest request, TokenCounts used);
}
