package ai.exaone.store.creation;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of a creation because of its request id. */
public enum CreationError implements ErrorReason {
    /** The request id was used for another request before. */
    REQUEST_ID_REUSED(ErrorCategory.ABORTED);

    private final ErrorCategory category;

    CreationError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    /** The same request fails again, unlike others that were aborted. */
    @Override
    public boolean retryable() {
        return false;
    }
}
