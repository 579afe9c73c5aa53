package ai.exaone.store;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of any database, whatever was asked of it. */
public enum StoreError implements ErrorReason {
    /** The database cannot be reached or has no connection free. A write in progress may or may not have been stored. */
    STORE_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    /** Other transactions held the same rows through every attempt; nothing was stored. */
    STORE_CONTENDED(ErrorCategory.ABORTED);

    private final ErrorCategory category;

    StoreError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
