package ai.exaone.gateway.auth;

import ai.exaone.rpc.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * What identity answers for a key.
 *
 * @param token an internal token, valid for five minutes
 * @param expiresAt when the key itself stops being accepted
 */
public record ExchangedKey(String keyId, Principal principal, String token, Optional<Instant> expiresAt) {}
