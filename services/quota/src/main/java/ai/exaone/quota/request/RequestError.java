package ai.exaone.quota.request;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of what every request brings along. */
public enum RequestError implements ErrorReason {
    /** The request id was used for another request before. */
    REQUEST_ID_REUSED(ErrorCategory.ABORTED) {
        @Override
        public boolean retryable() {
            return false;
        }
    },
    /** The page token was not given out for this list. */
    PAGE_TOKEN_INVALID(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    RequestError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
