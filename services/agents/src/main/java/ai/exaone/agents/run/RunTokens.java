package ai.exaone.agents.run;

import java.time.Instant;

/** Gets tokens for runs from whoever knows whether their owners may still run them. */
public interface RunTokens {
    /**
     * A token for one run, after its owner was checked again.
     *
     * @param model the model that the run's agent calls
     * @throws ai.exaone.errors.PlatformException RUN_OWNER_REFUSED if the owner may no longer run it; other reasons, retryable,
     *     if that is not known just now
     */
    RunToken issue(Run run, String model);

    /**
     * An internal token; kept out of {@link #toString()}.
     *
     * @param expiresAt when it stops being valid
     */
    record RunToken(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "RunToken[expiresAt=" + expiresAt + "]";
        }
    }
}
