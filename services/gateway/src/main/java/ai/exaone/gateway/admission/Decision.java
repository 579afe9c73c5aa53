package ai.exaone.gateway.admission;

import ai.exaone.errors.PlatformException;

/** Whether a call may go on. */
public sealed interface Decision {
    /** What remains of the tightest limits, either way. */
    RateLimits limits();

    /** It may. */
    record Admitted(RateLimits limits) implements Decision {}

    /**
     * It may not.
     *
     * @param refusal names the limit
     */
    record Refused(RateLimits limits, PlatformException refusal) implements Decision {}
}
