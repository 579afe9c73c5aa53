package ai.exaone.gateway.relay;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a request does not come through. */
public enum RelayError implements ErrorReason {
    /** The request cannot be read as HTTP. */
    MALFORMED_REQUEST(ErrorCategory.INVALID_ARGUMENT),
    /** The request did not arrive whole in time. */
    REQUEST_TOO_SLOW(ErrorCategory.INVALID_ARGUMENT),
    /** The gateway has as many calls as it takes, or is about to stop. */
    GATEWAY_BUSY(ErrorCategory.UNAVAILABLE);

    private final ErrorCategory category;

    RelayError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
