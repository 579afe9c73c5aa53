package ai.exaone.quota.admission;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a request may not go on, or cannot be settled. */
public enum AdmissionError implements ErrorReason {
    /** A limit is used up. */
    QUOTA_EXCEEDED(ErrorCategory.RESOURCE_EXHAUSTED),
    /** A budget is set and nobody said what the model costs. */
    MODEL_WITHOUT_PRICE(ErrorCategory.FAILED_PRECONDITION),
    /** No such request was admitted. */
    HOLD_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** A gateway's exchange of slices comes after a later one was answered, or was given up. */
    SLICES_OUTDATED(ErrorCategory.ABORTED) {
        @Override
        public boolean retryable() {
            return false;
        }
    },
    /** The request's id belongs to another request. */
    REQUEST_ID_REUSED(ErrorCategory.ABORTED) {
        @Override
        public boolean retryable() {
            return false;
        }
    };

    private final ErrorCategory category;

    AdmissionError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
