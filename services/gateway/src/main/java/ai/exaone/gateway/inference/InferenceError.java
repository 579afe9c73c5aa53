package ai.exaone.gateway.inference;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a call that was let in is not answered, or not to the end. */
public enum InferenceError implements ErrorReason {
    /** The engine refuses the request; the failure says why in the engine's words. */
    ENGINE_REFUSED_REQUEST(ErrorCategory.INVALID_ARGUMENT),
    /** The engine failed, before or within its answer. */
    ENGINE_FAILED(ErrorCategory.UNAVAILABLE),
    /** The engine's answer broke off within. */
    ANSWER_CUT(ErrorCategory.UNAVAILABLE),
    /** The answer was to be kept, and is longer than is kept. */
    ANSWER_TOO_LONG(ErrorCategory.INVALID_ARGUMENT),
    /** Nothing moved for too long, or the call took too long. */
    ANSWER_TIMED_OUT(ErrorCategory.DEADLINE_EXCEEDED),
    /** Agents call agents too deeply. */
    AGENT_DEPTH_EXCEEDED(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    InferenceError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
