package ai.exaone.agents.chat;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a chat completion was refused. */
public enum ChatError implements ErrorReason {
    /** The project has no agent of that name, or it is not deployed. */
    MODEL_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** Agents answer chat completions only. */
    PATH_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The body is no JSON object. */
    REQUEST_NOT_JSON(ErrorCategory.INVALID_ARGUMENT),
    /** The body is larger than agents take. */
    REQUEST_TOO_LARGE(ErrorCategory.INVALID_ARGUMENT),
    /** A field has a value that agents do not take. */
    PARAMETER_VALUE(ErrorCategory.INVALID_ARGUMENT),
    /** A field that agents do not have. */
    UNSUPPORTED_PARAMETER(ErrorCategory.INVALID_ARGUMENT),
    /** The call names no project. */
    PROJECT_MISSING(ErrorCategory.INVALID_ARGUMENT),
    /** The model's answer broke off after a part of it was sent. */
    ANSWER_INTERRUPTED(ErrorCategory.UNAVAILABLE);

    private final ErrorCategory category;

    ChatError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
