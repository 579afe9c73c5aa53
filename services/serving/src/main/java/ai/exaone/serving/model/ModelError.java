package ai.exaone.serving.model;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of the catalogue. */
public enum ModelError implements ErrorReason {
    MODEL_NOT_FOUND(ErrorCategory.NOT_FOUND),
    MODEL_NAME_TAKEN(ErrorCategory.ALREADY_EXISTS),
    /** Deployments of the model have to be removed first. */
    MODEL_DEPLOYED(ErrorCategory.FAILED_PRECONDITION);

    private final ErrorCategory category;

    ModelError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
