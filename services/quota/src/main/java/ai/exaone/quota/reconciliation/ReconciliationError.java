package ai.exaone.quota.reconciliation;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why sums cannot be derived again. */
public enum ReconciliationError implements ErrorReason {
    /** There is no such day. */
    LEDGER_DAY_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** The day's rows are not kept any more. */
    LEDGER_DAY_PRUNED(ErrorCategory.FAILED_PRECONDITION);

    private final ErrorCategory category;

    ReconciliationError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
