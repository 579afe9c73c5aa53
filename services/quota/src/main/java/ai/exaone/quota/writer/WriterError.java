package ai.exaone.quota.writer;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why nothing can be decided. */
public enum WriterError implements ErrorReason {
    /** Quota is starting, cannot reach its database, or another process has taken its place. */
    QUOTA_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    /** More requests wait to be written than can be. */
    QUOTA_OVERLOADED(ErrorCategory.UNAVAILABLE);

    private final ErrorCategory category;

    WriterError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
