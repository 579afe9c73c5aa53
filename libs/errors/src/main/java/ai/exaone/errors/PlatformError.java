package ai.exaone.errors;

/** The reasons that belong to no feature. */
public enum PlatformError implements ErrorReason {
    /** A defect: the cause is in the log under the request's id, and nowhere else. */
    INTERNAL(ErrorCategory.INTERNAL),
    /** The request breaks a rule of its message; the field violations say which. */
    INVALID_REQUEST(ErrorCategory.INVALID_ARGUMENT),
    /** The caller's deadline passed. */
    DEADLINE_EXCEEDED(ErrorCategory.DEADLINE_EXCEEDED),
    /** The caller cancelled. */
    CANCELLED(ErrorCategory.CANCELLED);

    private final ErrorCategory category;

    PlatformError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
