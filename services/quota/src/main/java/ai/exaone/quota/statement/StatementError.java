package ai.exaone.quota.statement;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why there is no statement. */
public enum StatementError implements ErrorReason {
    /** The month has not begun. */
    STATEMENT_NOT_FOUND(ErrorCategory.NOT_FOUND);

    private final ErrorCategory category;

    StatementError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
