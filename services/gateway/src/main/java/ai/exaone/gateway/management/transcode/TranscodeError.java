package ai.exaone.gateway.management.transcode;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.gateway.edge.HttpReason;

/** Reasons to refuse a management request before any service sees it. Some have an HTTP status that no category has. */
public enum TranscodeError implements HttpReason {
    /** There is nothing at that path. */
    PATH_NOT_FOUND(ErrorCategory.NOT_FOUND, 404),
    /** The path is there, but not for that method. */
    METHOD_NOT_ALLOWED(ErrorCategory.INVALID_ARGUMENT, 405),
    /** The request cannot be read as HTTP. */
    MALFORMED_REQUEST(ErrorCategory.INVALID_ARGUMENT, 400),
    /** The body is not JSON, or not one JSON object. */
    MALFORMED_BODY(ErrorCategory.INVALID_ARGUMENT, 400),
    /** The body is larger than the limit. */
    BODY_TOO_LARGE(ErrorCategory.INVALID_ARGUMENT, 413),
    /** The body is of another media type. */
    UNSUPPORTED_MEDIA_TYPE(ErrorCategory.INVALID_ARGUMENT, 415);

    private final ErrorCategory category;
    private final int httpStatus;

    TranscodeError(ErrorCategory category, int httpStatus) {
        this.category = category;
        this.httpStatus = httpStatus;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    @Override
    public int httpStatus() {
        return httpStatus;
    }
}
