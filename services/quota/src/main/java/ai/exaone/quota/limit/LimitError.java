package ai.exaone.quota.limit;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a limit cannot be read or changed. */
public enum LimitError implements ErrorReason {
    /** The tenant has no such limit. */
    LIMIT_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** There is a limit of that kind on that subject and model. */
    LIMIT_EXISTS(ErrorCategory.ALREADY_EXISTS),
    /** A limit on a whole tenant is the platform's to set. */
    TENANT_LIMIT_DENIED(ErrorCategory.PERMISSION_DENIED),
    /** The subject, model or kind of a limit is not formed as it must be. */
    LIMIT_INVALID(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    LimitError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
