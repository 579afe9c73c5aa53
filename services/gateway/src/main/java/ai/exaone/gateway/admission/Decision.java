package ai.exaone.gateway.admission;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.metering.LimitCharge;
import java.util.Optional;

/** Whether a call may go on. */
public sealed interface Decision {
    /** What remains of the tightest limits, either way. */
    RateLimits limits();

    /**
     * It may.
     *
     * @param charge how it counts in limits by calendar, where this gateway admitted it by itself; empty where quota knows
     */
    record Admitted(RateLimits limits, Optional<LimitCharge> charge) implements Decision {}

    /**
     * It may not.
     *
     * @param refusal names the limit
     */
    record Refused(RateLimits limits, PlatformException refusal) implements Decision {}
}
