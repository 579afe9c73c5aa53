package ai.exaone.identity.token;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.apikey.ApiKey;
import ai.exaone.identity.apikey.ApiKeys;
import ai.exaone.identity.id.KeyId;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.token.TokenSigner;
import java.time.Clock;
import java.time.Duration;

/** Exchanges API keys. Thread-safe. */
public final class KeyExchange {
    private final ApiKeys keys;
    private final SigningKeys signing;
    private final Clock clock;

    public KeyExchange(ApiKeys keys, SigningKeys signing, Clock clock) {
        this.keys = keys;
        this.signing = signing;
        this.clock = clock;
    }

    /** An accepted key, and the token for its caller. */
    record Exchanged(ApiKey key, String token) {}

    /**
     * Exchanges a key as presented. The token ends no later than the key.
     *
     * @throws PlatformException API_KEY_INVALID
     */
    Exchanged exchange(String presented) {
        return exchanged(keys.authenticate(presented));
    }

    /**
     * Exchanges a key that is not presented, for work that it asked for earlier.
     *
     * @throws PlatformException API_KEY_INVALID
     */
    Exchanged issue(KeyId keyId) {
        return exchanged(keys.requireAccepted(keyId));
    }

    private Exchanged exchanged(ApiKey key) {
        return new Exchanged(key, signing.sign(principal(key), lifetime(key)));
    }

    private static Principal principal(ApiKey key) {
        return Principal.key(
                key.id().value(),
                key.displayName().isEmpty() ? key.id().value() : key.displayName(),
                key.tenantId().value(),
                key.projectId().value(),
                key.permissions(),
                key.models());
    }

    private Duration lifetime(ApiKey key) {
        Duration remaining = key.expiresAt()
                .map(end -> Duration.between(clock.instant(), end))
                .orElse(TokenSigner.LONGEST);
        return remaining.compareTo(TokenSigner.LONGEST) < 0 ? remaining : TokenSigner.LONGEST;
    }
}
