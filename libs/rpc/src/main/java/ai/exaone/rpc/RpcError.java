package ai.exaone.rpc;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Reasons that a call between services has of its own. */
public enum RpcError implements ErrorReason {
    /** The call names no caller, or one whose token is wrong or no longer valid. */
    UNAUTHENTICATED(ErrorCategory.UNAUTHENTICATED),
    /** The caller lacks the permission that the RPC asks for. */
    PERMISSION_DENIED(ErrorCategory.PERMISSION_DENIED),
    /** The tenant or project does not exist for this caller. */
    RESOURCE_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The service does not have the RPC. */
    METHOD_NOT_FOUND(ErrorCategory.UNIMPLEMENTED),
    /** The service cannot be reached just now. */
    SERVICE_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    /** No watch log of that name is kept here. */
    LOG_NOT_FOUND(ErrorCategory.NOT_FOUND);

    private final ErrorCategory category;

    RpcError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
