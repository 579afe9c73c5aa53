package ai.exaone.agents.tool.outbound;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;

/** Why a call out of the platform has no answer. */
public enum OutboundError implements ErrorReason {
    /** The host's address is private, loopback, link-local or otherwise not public, and not allowed by a platform-admin. */
    OUTBOUND_ADDRESS_REFUSED(ErrorCategory.PERMISSION_DENIED),
    /** The URL is not one that can be called. */
    OUTBOUND_URL_INVALID(ErrorCategory.INVALID_ARGUMENT),
    /** The host has no address. */
    OUTBOUND_HOST_UNKNOWN(ErrorCategory.UNAVAILABLE),
    /** The host took no connection, or broke it. */
    OUTBOUND_UNREACHABLE(ErrorCategory.UNAVAILABLE),
    /** The host's certificate is not trusted, or TLS failed otherwise. */
    OUTBOUND_TLS_FAILED(ErrorCategory.UNAVAILABLE),
    /** The answer did not come in time; what was asked for may have been done. */
    OUTBOUND_TIMEOUT(ErrorCategory.DEADLINE_EXCEEDED),
    /** Too many redirects, or one that is not followed. */
    OUTBOUND_REDIRECT_REFUSED(ErrorCategory.PERMISSION_DENIED),
    /** The answer is larger than its bound. */
    OUTBOUND_RESPONSE_TOO_LARGE(ErrorCategory.RESOURCE_EXHAUSTED);

    private final ErrorCategory category;

    OutboundError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
