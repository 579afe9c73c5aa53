package ai.exaone.agents.tool;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a tool call failed. The model is told reason and sentence. */
public enum ToolError implements ErrorReason {
    /** The agent has no tool of that name. */
    TOOL_UNKNOWN(ErrorCategory.NOT_FOUND),
    /** The arguments break the tool's schema, or are no JSON. */
    TOOL_ARGUMENTS_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** The project has no secret of a name that the tool's headers use. */
    TOOL_SECRET_MISSING(ErrorCategory.FAILED_PRECONDITION),
    /** The tool answered that it failed. */
    TOOL_ANSWERED_ERROR(ErrorCategory.FAILED_PRECONDITION),
    /** The tool's server does not speak the protocol that it is declared to speak. */
    TOOL_SERVER_INVALID(ErrorCategory.UNAVAILABLE),
    /** The platform stopped in the middle of a call that must not be repeated: it may or may not have had its effect. */
    TOOL_OUTCOME_UNKNOWN(ErrorCategory.ABORTED);

    private final ErrorCategory category;

    ToolError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    @Override
    public boolean retryable() {
        return this == TOOL_SERVER_INVALID;
    }
}
