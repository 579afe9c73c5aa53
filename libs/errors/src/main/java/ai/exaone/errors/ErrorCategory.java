package ai.exaone.errors;

/**
 * What kind of failure a reason is, and the one place that says which status it has on each protocol.
 *
 * <p>The gRPC numbers are those of {@code google.rpc.Code}; the HTTP statuses are the ones that file assigns to them.
 */
public enum ErrorCategory {
    /** The caller went away before the answer. */
    CANCELLED(1, 499, false),
    /** The request is wrong whatever the state of the platform. */
    INVALID_ARGUMENT(3, 400, false),
    /** The answer did not come in time; the work may or may not have been done. */
    DEADLINE_EXCEEDED(4, 504, false),
    /** The resource does not exist, or the caller may not know that it does. */
    NOT_FOUND(5, 404, false),
    /** A resource of that name or id exists already. */
    ALREADY_EXISTS(6, 409, false),
    /** The caller is known and may not do this. */
    PERMISSION_DENIED(7, 403, false),
    /** A limit, a budget or a capacity is used up. */
    RESOURCE_EXHAUSTED(8, 429, false),
    /** The request is right, but not in the state the resource is in. */
    FAILED_PRECONDITION(9, 400, false),
    /** A concurrent change won; the same call may succeed on the new state. */
    ABORTED(10, 409, true),
    /** This platform does not do that. */
    UNIMPLEMENTED(12, 501, false),
    /** A defect of the platform. */
    INTERNAL(13, 500, false),
    /** A part of the platform cannot be reached just now. */
    UNAVAILABLE(14, 503, true),
    /** It is not known who the caller is. */
    UNAUTHENTICATED(16, 401, false);

    private static final int OUT_OF_RANGE = 11;

    private final int grpcCode;
    private final int httpStatus;
    private final boolean retryable;

    ErrorCategory(int grpcCode, int httpStatus, boolean retryable) {
        this.grpcCode = grpcCode;
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    /** The number in {@code google.rpc.Code}. */
    public int grpcCode() {
        return grpcCode;
    }

    /** The status of an HTTP answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether a reason of this category is retryable unless it says otherwise. */
    public boolean retryable() {
        return retryable;
    }

    /**
     * The category of a status that another process sent.
     *
     * @return the category with that number; INVALID_ARGUMENT for OUT_OF_RANGE; INTERNAL for every other number, known to gRPC or not
     */
    public static ErrorCategory ofGrpcCode(int code) {
        for (ErrorCategory category : values()) {
            if (category.grpcCode == code) {
                return category;
            }
        }
        return code == OUT_OF_RANGE ? INVALID_ARGUMENT : INTERNAL;
    }
}
