package ai.exaone.gateway.auth;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a caller is not let in. */
public enum AuthError implements ErrorReason {
    /** No key was presented, or one that is unknown, revoked or expired. */
    KEY_NOT_ACCEPTED(ErrorCategory.UNAUTHENTICATED),
    /** The caller is known and may not call models. */
    INFERENCE_NOT_PERMITTED(ErrorCategory.PERMISSION_DENIED),
    /** Identity has been silent for too long to trust what is known of keys, or cannot be asked. */
    KEYS_NOT_VERIFIABLE(ErrorCategory.UNAVAILABLE);

    private final ErrorCategory category;

    AuthError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
