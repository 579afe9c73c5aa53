package ai.exaone.gateway.idempotency;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a call with an idempotency key is neither carried out nor answered with the first result. */
public enum IdempotencyError implements ErrorReason {
    /** The header is no key. */
    IDEMPOTENCY_KEY_MALFORMED(ErrorCategory.INVALID_ARGUMENT),
    /** The key names another request. */
    IDEMPOTENCY_KEY_REUSED(ErrorCategory.ALREADY_EXISTS),
    /** The first call still runs, for longer than is waited for it. */
    IDEMPOTENT_CALL_RUNNING(ErrorCategory.ABORTED),
    /** The gateway that carried the first call out stopped within: what became of the call is not known. */
    IDEMPOTENT_CALL_INTERRUPTED(ErrorCategory.ALREADY_EXISTS),
    /** The first call was carried out, and its result broke off or was larger than is kept. */
    IDEMPOTENT_RESULT_NOT_KEPT(ErrorCategory.ALREADY_EXISTS),
    /** The promise cannot be kept just now: nothing was done. */
    IDEMPOTENCY_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    /** The promise can never be kept here: the gateway has no database. Nothing was done. */
    IDEMPOTENCY_NOT_OFFERED(ErrorCategory.FAILED_PRECONDITION),
    /** The project has as many results kept as it may have. Nothing was done. */
    IDEMPOTENT_RESULTS_TOO_MANY(ErrorCategory.RESOURCE_EXHAUSTED);

    private final ErrorCategory category;

    IdempotencyError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
