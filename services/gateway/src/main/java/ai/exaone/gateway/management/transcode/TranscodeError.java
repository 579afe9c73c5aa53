package ai.exaone.gateway.management.transcode;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Reasons to refuse a management request before any service sees it. */
public enum TranscodeError implements ErrorReason {
    /** There is nothing at that path. */
    PATH_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The path is there, but not for that method. */
    METHOD_NOT_ALLOWED(ErrorCategory.INVALID_ARGUMENT),
    /** The body is not JSON, or not one JSON object. */
    MALFORMED_BODY(ErrorCategory.INVALID_ARGUMENT),
    /** The body is larger than the limit. */
    BODY_TOO_LARGE(ErrorCategory.INVALID_ARGUMENT),
    /** The body is of another media type. */
    UNSUPPORTED_MEDIA_TYPE(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    TranscodeError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
