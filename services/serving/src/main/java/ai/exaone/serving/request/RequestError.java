package ai.exaone.serving.request;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of what every request brings along. */
public enum RequestError implements ErrorReason {
    /** The request id belongs to a different request. */
    REQUEST_ID_REUSED(ErrorCategory.ABORTED),
    /** The page token is not one of this list. */
    PAGE_TOKEN_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** The update mask names a field that cannot be changed. */
    UPDATE_MASK_INVALID(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    RequestError(ErrorCategory category) {
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
