package ai.exaone.quota.usage;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why usage cannot be stored or read. */
public enum UsageError implements ErrorReason {
    /** There is no such call in the ledger. */
    USAGE_RECORD_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** A record of a call cannot be what it says. */
    USAGE_RECORD_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** The range of time is empty or too long. */
    USAGE_RANGE_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** There are more sums than one answer holds. */
    USAGE_ANSWER_TOO_LARGE(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    UsageError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
