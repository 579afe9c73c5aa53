package ai.exaone.identity.secret;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;

/** Failures of secrets. */
public enum SecretError implements ErrorReason {
    /** The project has no secret of that name. */
    SECRET_NOT_FOUND(ErrorCategory.NOT_FOUND);

    private final ErrorCategory category;

    SecretError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    static PlatformException notFound() {
        return new PlatformException(SECRET_NOT_FOUND, "There is no such secret.");
    }
}
