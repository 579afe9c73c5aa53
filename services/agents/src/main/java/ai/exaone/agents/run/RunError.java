package ai.exaone.agents.run;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures about runs; those that begin with what a run exceeded or lost are also the reasons runs end with. */
public enum RunError implements ErrorReason {
    /** The project has no such run. */
    RUN_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The conversation does not end with a user's message. */
    RUN_INPUT_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** The key is limited to models, and the agent is not among them. */
    RUN_AGENT_NOT_ALLOWED(ErrorCategory.PERMISSION_DENIED),
    /** Agents that call agents are nested too deeply. */
    RUN_TOO_DEEP(ErrorCategory.FAILED_PRECONDITION),
    /** The run took as many steps as its limits allow. */
    RUN_STEPS_EXCEEDED(ErrorCategory.RESOURCE_EXHAUSTED),
    /** The run took as long as its limits allow. */
    RUN_DURATION_EXCEEDED(ErrorCategory.RESOURCE_EXHAUSTED),
    /** The run used as many tokens as its limits allow. */
    RUN_TOKENS_EXCEEDED(ErrorCategory.RESOURCE_EXHAUSTED),
    /** The model was asked as often as a step allows and did not answer. */
    RUN_ATTEMPTS_EXCEEDED(ErrorCategory.UNAVAILABLE),
    /** Whoever started the run may no longer do so: the key was revoked, or the person left. */
    RUN_OWNER_REFUSED(ErrorCategory.PERMISSION_DENIED),
    /** The platform could not go on with the run; the log says why. */
    RUN_BROKEN(ErrorCategory.INTERNAL),
    /** The run was stopped before it had an answer. */
    RUN_CANCELLED(ErrorCategory.CANCELLED),
    /** Another worker has the run now. */
    RUN_LEASE_LOST(ErrorCategory.ABORTED);

    private final ErrorCategory category;

    RunError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
