package ai.exaone.identity.apikey;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;

/** Failures of API keys. */
public enum KeyError implements ErrorReason {
    /** The project has no such key. */
    API_KEY_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** A revoked key stays as it was. */
    API_KEY_REVOKED(ErrorCategory.FAILED_PRECONDITION),
    /** The key presented is unknown, revoked, expired, or its tenant is suspended. Which of them is not told. */
    API_KEY_INVALID(ErrorCategory.UNAUTHENTICATED),
    /** A key stops being accepted in the future, or never. */
    API_KEY_EXPIRY_PAST(ErrorCategory.INVALID_ARGUMENT),
    /** A key keeps at least one scope. */
    API_KEY_SCOPE_MISSING(ErrorCategory.INVALID_ARGUMENT),
    /** Only a platform admin gives that scope. */
    API_KEY_SCOPE_DENIED(ErrorCategory.PERMISSION_DENIED);

    private final ErrorCategory category;

    KeyError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    static PlatformException notFound() {
        return new PlatformException(API_KEY_NOT_FOUND, "There is no such API key.");
    }

    /** The one answer to every key that is not accepted. */
    public static PlatformException invalid() {
        return new PlatformException(API_KEY_INVALID, "The API key is not valid.");
    }
}
