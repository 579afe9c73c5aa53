package ai.exaone.gateway.metering;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a call cannot be recorded. */
public enum MeteringError implements ErrorReason {
    /** The spool's disk is full or refuses writes: nothing is forwarded that cannot be recorded. */
    USAGE_NOT_RECORDABLE(ErrorCategory.UNAVAILABLE);

    private final ErrorCategory category;

    MeteringError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
