package ai.exaone.gateway.auth;

import ai.exaone.rpc.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * What identity answers for a key.
 *
 * @param accepted the key as identity's log has it, too
 * @param token an internal token, valid for five minutes
 */
public record ExchangedKey(AcceptedKey accepted, Principal principal, String token) {
    public String keyId() {
        return accepted.keyId();
    }

    /** When the key itself stops being accepted. */
    public Optional<Instant> expiresAt() {
        return accepted.expiresAt();
    }
}
