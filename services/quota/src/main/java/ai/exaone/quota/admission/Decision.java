package ai.exaone.quota.admission;

import ai.exaone.quota.limit.Limit;
import ai.exaone.quota.limit.LimitUse;
import java.time.Duration;
import java.util.Optional;

/** What became of a request that asked to go on. */
public sealed interface Decision {
    /**
     * It may go on.
     *
     * @param priceId the price in force; empty when the model has none
     */
    record Admitted(String priceId) implements Decision {}

    /**
     * It may not.
     *
     * @param limit a limit that refused; of several the one that refuses the longest, and of those the narrowest
     * @param retryAfter when the same request may pass; empty when waiting does not help
     */
    record Refused(Limit limit, LimitUse use, AdmissionError reason, String message, Optional<Duration> retryAfter)
            implements Decision {}
}
