package ai.exaone.gateway.batches;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;

/** Why a batch is not created, given or cancelled. */
public enum BatchError implements ErrorReason {
    /** There is none of that id in the project: it never was, or ended too long ago. */
    BATCH_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** It has ended, or its results are being written. */
    BATCH_OVER(ErrorCategory.ABORTED),
    /** As many batches of the project are open as may be. */
    TOO_MANY_BATCHES(ErrorCategory.RESOURCE_EXHAUSTED),
    /** Batches go on when whoever created them has left, so only a key can create one. */
    KEY_NEEDED(ErrorCategory.PERMISSION_DENIED);

    private final ErrorCategory category;

    BatchError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    static PlatformException notFound(String id) {
        return PlatformException.because(BATCH_NOT_FOUND, "No batch found with id '" + id + "'.")
                .violation("batch_id", "There is no such batch.")
                .build();
    }
}
