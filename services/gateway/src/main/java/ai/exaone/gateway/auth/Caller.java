package ai.exaone.gateway.auth;

import ai.exaone.rpc.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * Who calls, and how the platform's services are told.
 *
 * @param principal as identity vouched for
 * @param projectId the project the call is in
 * @param token gives an internal token of the caller that is still valid for minutes
 * @param expiresAt when the key that was presented stops being accepted
 */
public record Caller(Principal principal, String projectId, TokenSource token, Optional<Instant> expiresAt) {
    /** A caller who presented something else than a key that expires. */
    public Caller(Principal principal, String projectId, TokenSource token) {
        this(principal, projectId, token, Optional.empty());
    }

    /** Gives internal tokens. */
    public interface TokenSource {
        /** A token that is still valid; may ask identity for a new one. */
        String token();
    }

    /** The key that was presented, or that owns the run; empty for people. */
    public String keyId() {
        return principal.keyId().orElse("");
    }

    /** The tenant the call is in. */
    public String tenantId() {
        return principal.tenantId().orElseThrow();
    }
}
