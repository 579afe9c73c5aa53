package ai.exaone.agents.model;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a model did not answer, where the gateway gave no reason of its own. */
public enum ModelError implements ErrorReason {
    /** The gateway refused the call. */
    MODEL_CALL_REFUSED(ErrorCategory.INVALID_ARGUMENT),
    /** The model cannot be reached just now. */
    MODEL_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    /** The answer broke off. */
    MODEL_ANSWER_INTERRUPTED(ErrorCategory.UNAVAILABLE),
    /** The answer is none that the platform understands. */
    MODEL_ANSWER_INVALID(ErrorCategory.INTERNAL);

    private final ErrorCategory category;

    ModelError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
