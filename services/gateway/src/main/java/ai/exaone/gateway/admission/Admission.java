package ai.exaone.gateway.admission;

import ai.exaone.gateway.metering.TokenCounts;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Holds and settles. It never blocks: what is known here is answered by a stage that is complete already, what has to be asked for by
 * one that completes later, on any thread. Thread-safe.
 */
public interface Admission {
    /**
     * Holds the most that a call can use on every limit above it.
     *
     * @return fails with {@link ai.exaone.errors.PlatformException} when the limits cannot be asked
     */
    CompletionStage<Decision> admit(HoldRequest request);

    /**
     * Replaces a hold by what was used. Does not fail: a hold that could not be settled is settled by the call's record in the
     * ledger.
     *
     * @return what the call costs, in micro-KRW; empty where that is not known now
     */
    CompletionStage<OptionalLong> settle(HoldRequest request, TokenCounts used);
}
