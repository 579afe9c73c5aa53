package ai.exaone.gateway.edge;

import ai.exaone.errors.ErrorCategory;

/** Reasons to refuse a request for how it is written, with the HTTP statuses that say so. */
public enum EdgeError implements HttpReason {
    /** There is nothing at that path. */
    PATH_NOT_FOUND(ErrorCategory.NOT_FOUND, 404),
    /** The path is there, but not for that method. */
    METHOD_NOT_ALLOWED(ErrorCategory.INVALID_ARGUMENT, 405),
    /** The request cannot be read as HTTP. */
    MALFORMED_REQUEST(ErrorCategory.INVALID_ARGUMENT, 400),
    /** The body is larger than the limit. */
    BODY_TOO_LARGE(ErrorCategory.INVALID_ARGUMENT, 413),
    /** The body is of another media type. */
    UNSUPPORTED_MEDIA_TYPE(ErrorCategory.INVALID_ARGUMENT, 415);

    private final ErrorCategory category;
    private final int httpStatus;

    EdgeError(ErrorCategory category, int httpStatus) {
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
