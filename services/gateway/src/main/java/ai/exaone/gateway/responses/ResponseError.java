package ai.exaone.gateway.responses;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a response is not given. */
public enum ResponseError implements ErrorReason {
    /** There is none of that id in the project: it was not kept, or deleted, or has expired. */
    RESPONSE_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** What goes before has become longer than is taken in one request. */
    CONVERSATION_TOO_LONG(ErrorCategory.INVALID_ARGUMENT),
    /** The turn is longer than is kept. */
    RESPONSE_TOO_LONG_TO_KEEP(ErrorCategory.INVALID_ARGUMENT),
    /** This gateway has no database to keep anything in. */
    NOTHING_IS_KEPT(ErrorCategory.FAILED_PRECONDITION);

    private final ErrorCategory category;

    ResponseError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
