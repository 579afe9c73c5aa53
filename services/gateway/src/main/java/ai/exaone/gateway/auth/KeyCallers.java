package ai.exaone.gateway.auth;

import ai.exaone.errors.PlatformException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Callers of work that a key asked for and that goes on without it. They have the rights that the key has now: one that is revoked,
 * expired or changed is treated as if it were presented again. Thread-safe.
 */
public final class KeyCallers implements KeyWatcher {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    /** Identity's tokens live for five minutes; one is used while a minute of that is left. */
    private static final Duration TOKEN_AGE = Duration.ofMinutes(4);

    private static final Duration ANY_AGE = Duration.ofDays(1);

    private final KeyCache keys;
    private final Supplier<Duration> silence;
    private final Clock clock;

    /**
     * @param identity asked by the ids of keys
     * @param silence how long identity's log of keys has been silent
     * @param nanos a monotonic clock
     */
    public KeyCallers(KeyExchange identity, Supplier<Duration> silence, Clock clock, LongSupplier nanos) {
        this.keys = new KeyCache(identity, nanos);
        this.silence = silence;
        this.clock = clock;
    }

    /**
     * The caller that a key is. May block.
     *
     * @param tenantId where the key must be
     * @param projectId where the key must be
     * @throws PlatformException with an {@link AuthError}
     */
    public Caller of(String tenantId, String projectId, String keyId) {
        if (silence.get().compareTo(LONGEST_SILENCE) > 0) {
            throw KeyCache.unverifiable(null);
        }
        ExchangedKey key = keys.get(keyId, ANY_AGE);
        boolean there = key.principal().tenantId().filter(tenantId::equals).isPresent()
                && key.principal().projectId().filter(projectId::equals).isPresent();
        boolean over =
                key.expiresAt().filter(end -> !end.isAfter(clock.instant())).isPresent();
        if (!there || over) {
            throw KeyCache.notAccepted();
        }
        if (!key.principal().may(Principals.CALL)) {
            throw new PlatformException(AuthError.INFERENCE_NOT_PERMITTED, "This key has no scope for inference.");
        }
        return new Caller(
                key.principal(), projectId, () -> keys.get(keyId, TOKEN_AGE).token(), key.expiresAt());
    }

    @Override
    public void revoked(String keyId) {
        keys.revoked(keyId);
    }

    @Override
    public void changed(AcceptedKey key) {
        keys.changed(key);
    }

    @Override
    public void restated(Map<String, AcceptedKey> accepted) {
        keys.restated(accepted);
    }
}
