package ai.exaone.gateway.management.transcode;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Reasons to refuse a management request before any service sees it. */
public enum TranscodeError implements ErrorReason {
    /** The body is not JSON, or not one JSON object. */
    MALFORMED_BODY(ErrorCategory.INVALID_ARGUMENT);

    private final ErrorCategory category;

    TranscodeError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
