package ai.exaone.gateway.signin;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Reasons not to take somebody for signed in. */
public enum SignInError implements ErrorReason {
    /** Nothing that could say who calls is presented. */
    NOT_SIGNED_IN(ErrorCategory.UNAUTHENTICATED),
    /** A request with a session's cookie that changes something was not made by our own pages. */
    CROSS_SITE_REQUEST(ErrorCategory.PERMISSION_DENIED),
    /** The sign-in server cannot be reached, mostly because it is still on its way up. */
    SIGN_IN_STARTING(ErrorCategory.UNAVAILABLE);

    private final ErrorCategory category;

    SignInError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
