package ai.exaone.gateway.auth;

import ai.exaone.rpc.Principal;

/**
 * Who calls, and how the platform's services are told.
 *
 * @param principal as identity vouched for
 * @param projectId the project the call is in
 * @param token gives an internal token of the caller that is still valid for minutes
 */
public record Caller(Principal principal, String projectId, TokenSource token) {
    /** Gives internal tokens. */
    public interface TokenSource {
        /** A token that is still valid; may ask identity for a new one. */
        String token();
    }

    /** The tenant the call is in. */
    public String tenantId() {
        return principal.tenantId().orElseThrow();
    }
}
