package ai.exaone.identity.session;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;

/** Failures of sessions. */
public enum SessionError implements ErrorReason {
    /** There is no such session, or it is over. */
    SESSION_ENDED(ErrorCategory.UNAUTHENTICATED);

    private final ErrorCategory category;

    SessionError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    static PlatformException ended() {
        return new PlatformException(SESSION_ENDED, "The session is over. Sign in again.");
    }
}
