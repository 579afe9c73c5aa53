package ai.exaone.identity.keycloak;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of sign-in and of the server behind it. */
public enum KeycloakError implements ErrorReason {
    /** The sign-in server cannot be reached, or answers that it cannot work just now. */
    SIGN_IN_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    /** The sign-in server did not accept the code, the session or the account. */
    SIGN_IN_REFUSED(ErrorCategory.UNAUTHENTICATED),
    /** The access token is not one of ours, or no longer valid. */
    ACCESS_TOKEN_INVALID(ErrorCategory.UNAUTHENTICATED);

    private final ErrorCategory category;

    KeycloakError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
