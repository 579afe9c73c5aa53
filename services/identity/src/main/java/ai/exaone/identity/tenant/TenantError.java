package ai.exaone.identity.tenant;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;

/** Failures of tenants. */
public enum TenantError implements ErrorReason {
    /** There is no such tenant. */
    TENANT_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** Another tenant has that name. */
    TENANT_NAME_TAKEN(ErrorCategory.ALREADY_EXISTS),
    /** The time zone is none of the IANA's. */
    TIME_ZONE_UNKNOWN(ErrorCategory.INVALID_ARGUMENT),
    /** The tenant is suspended: its members, keys and runs are refused. */
    TENANT_SUSPENDED(ErrorCategory.PERMISSION_DENIED);

    private final ErrorCategory category;

    TenantError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    public static PlatformException notFound() {
        return new PlatformException(TENANT_NOT_FOUND, "There is no such tenant.");
    }

    public static PlatformException suspended() {
        return new PlatformException(TENANT_SUSPENDED, "The tenant is suspended.");
    }
}
