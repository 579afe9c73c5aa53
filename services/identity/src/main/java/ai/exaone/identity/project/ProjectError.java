package ai.exaone.identity.project;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;

/** Failures of projects. */
public enum ProjectError implements ErrorReason {
    /** The tenant has no such project. */
    PROJECT_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** Another project of the tenant has that name. */
    PROJECT_NAME_TAKEN(ErrorCategory.ALREADY_EXISTS);

    private final ErrorCategory category;

    ProjectError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    static PlatformException notFound() {
        return new PlatformException(PROJECT_NOT_FOUND, "There is no such project.");
    }
}
