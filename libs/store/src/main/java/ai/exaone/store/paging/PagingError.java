package ai.exaone.store.paging;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of reading a list in parts. */
public enum PagingError implements ErrorReason {
    /** The page token was not given out for this list. */
    PAGE_TOKEN_INVALID(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    PagingError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
