package ai.exaone.agents.agent;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of agents, drafts, releases and deployments. */
public enum AgentError implements ErrorReason {
    /** The project has no such agent. */
    AGENT_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The name is missing. */
    AGENT_NAME_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** The project has an agent of this name. */
    AGENT_EXISTS(ErrorCategory.ALREADY_EXISTS),
    /** Nothing was stored as the agent's draft yet. */
    DRAFT_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The specification has mistakes; the violations name each with its line. */
    SPECIFICATION_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** The agent has no such release. */
    RELEASE_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The agent's calls go to no release yet. */
    AGENT_NOT_DEPLOYED(ErrorCategory.FAILED_PRECONDITION),
    /** No release was deployed before the one deployed now. */
    NOTHING_TO_ROLL_BACK(ErrorCategory.FAILED_PRECONDITION);

    private final ErrorCategory category;

    AgentError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
