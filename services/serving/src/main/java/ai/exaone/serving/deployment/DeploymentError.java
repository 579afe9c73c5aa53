package ai.exaone.serving.deployment;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Failures of deployments. */
public enum DeploymentError implements ErrorReason {
    DEPLOYMENT_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** A deployment is stopped before it is removed. */
    DEPLOYMENT_RUNNING(ErrorCategory.FAILED_PRECONDITION),
    /** The model is deployed already with an engine that is spoken to otherwise. */
    DEPLOYMENT_PROFILE_DIFFERS(ErrorCategory.FAILED_PRECONDITION);

    private final ErrorCategory category;

    DeploymentError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
