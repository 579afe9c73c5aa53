package ai.exaone.identity.token;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of runs' tokens. */
public enum RunError implements ErrorReason {
    /** Whoever started the run may no longer run agents there. */
    RUN_OWNER_NOT_ALLOWED(ErrorCategory.PERMISSION_DENIED),
    /** The key that started the run is limited to models, and the agent is not among them. */
    RUN_AGENT_NOT_ALLOWED(ErrorCategory.PERMISSION_DENIED);

    private final ErrorCategory category;

    RunError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
