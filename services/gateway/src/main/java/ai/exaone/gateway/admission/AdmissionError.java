package ai.exaone.gateway.admission;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a call is not admitted. */
public enum AdmissionError implements ErrorReason {
    /** A limit or budget is used up; the failure names it. */
    QUOTA_EXCEEDED(ErrorCategory.RESOURCE_EXHAUSTED),
    /** There is a budget, and the model has no price to count against it. */
    MODEL_WITHOUT_PRICE(ErrorCategory.RESOURCE_EXHAUSTED),
    /** Limits cannot be checked just now. */
    LIMITS_NOT_VERIFIABLE(ErrorCategory.UNAVAILABLE);

    private final ErrorCategory category;

    AdmissionError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
