package ai.exaone.gateway.routing;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why no engine is asked. */
public enum RoutingError implements ErrorReason {
    /** There is no such model for this caller. */
    MODEL_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The model exists and does not do what was asked. */
    MODEL_CAPABILITY_MISSING(ErrorCategory.INVALID_ARGUMENT),
    /** No replica of the model can answer now. */
    MODEL_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    /** As many calls wait for the model as may, and of the caller's tenant more than its part of them. */
    MODEL_QUEUE_FULL(ErrorCategory.RESOURCE_EXHAUSTED),
    /** The call has waited for the model for as long as calls may. */
    MODEL_BUSY(ErrorCategory.UNAVAILABLE);

    private final ErrorCategory category;

    RoutingError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
