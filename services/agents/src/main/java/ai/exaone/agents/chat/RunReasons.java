package ai.exaone.agents.chat;

import ai.exaone.agents.run.RunError;
import ai.exaone.errors.ErrorCategory;
import java.util.Optional;

/** What kind of failure it is for a chat's caller when a run failed. */
final class RunReasons {
    private RunReasons() {}

    /** The category of a reason that runs end with; empty for one that is not the run's own. */
    static Optional<ErrorCategory> category(String reason) {
        for (RunError error : RunError.values()) {
            if (error.name().equals(reason)) {
                return Optional.of(error.category());
            }
        }
        return reason.contains("QUOTA") || reason.contains("RATE_LIMIT")
                ? Optional.of(ErrorCategory.RESOURCE_EXHAUSTED)
                : Optional.empty();
    }
}
