package ai.exaone.gateway.auth;

import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.token.TokenVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Says who presents an API key or a run's token. Thread-safe. */
public final class Principals {
    /** Permission to call models with a key or a run's token. */
    public static final String CALL = "inference.call";

    private static final String KEY_PREFIX = "exk_";
    private static final int LONGEST_KEY = 256;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    /** Identity's tokens live for five minutes; one is used while a minute of that is left. */
    private static final Duration TOKEN_AGE = Duration.ofMinutes(4);

    private final KeyCache keys;
    private final TokenVerifier tokens;
    private final Supplier<Duration> silence;
    private final Clock clock;

    /**
     * @param silence how long identity's log of keys has been silent
     */
    public Principals(KeyCache keys, TokenVerifier tokens, Supplier<Duration> silence, Clock clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.silence = silence;
        this.clock = clock;
    }

    /**
     * Who presents a bearer credential and may call models.
     *
     * @throws PlatformException with an {@link AuthError}
     */
    public Caller authenticate(String credential) {
        return permitted(credential.startsWith(KEY_PREFIX) ? key(credential) : runToken(credential));
    }

    private static Caller permitted(Caller caller) {
        if (!caller.principal().may(CALL)) {
            throw new PlatformException(AuthError.INFERENCE_NOT_PERMITTED, "This key has no scope for inference.");
        }
        return caller;
    }

    /**
     * The same without asking anyone, so that it does not wait.
     *
     * @return empty where somebody has to be asked
     * @throws PlatformException with an {@link AuthError}, where that is known here
     */
    public Optional<Caller> known(String credential) {
        if (!credential.startsWith(KEY_PREFIX)) {
            return Optional.empty();
        }
        requireKey(credential);
        return keys.known(credential).map(key -> permitted(caller(credential, key)));
    }

    /** Whether keys can be verified now. */
    public boolean ready() {
        return silence.get().compareTo(LONGEST_SILENCE) <= 0;
    }

    /**
     * Who presents an API key, whatever it may do.
     *
     * @throws PlatformException with an {@link AuthError}
     */
    public Caller key(String presentedKey) {
        requireKey(presentedKey);
        // Age does not matter to who it is: the log says what changes.
        return caller(presentedKey, keys.get(presentedKey, Duration.ofDays(1)));
    }

    private void requireKey(String presentedKey) {
        if (presentedKey.length() > LONGEST_KEY || !presentedKey.startsWith(KEY_PREFIX)) {
            throw KeyCache.notAccepted();
        }
        if (!ready()) {
            throw KeyCache.unverifiable(null);
        }
    }

    private Caller caller(String presentedKey, ExchangedKey key) {
        if (key.expiresAt().filter(end -> !end.isAfter(clock.instant())).isPresent()) {
            throw KeyCache.notAccepted();
        }
        return new Caller(
                key.principal(),
                key.principal().projectId().orElse(""),
                () -> keys.get(presentedKey, TOKEN_AGE).token(),
                key.expiresAt());
    }

    private Caller runToken(String token) {
        Principal principal = tokens.verify(token);
        if (principal.tenantId().isEmpty() || principal.projectId().isEmpty()) {
            throw KeyCache.notAccepted();
        }
        return new Caller(principal, principal.projectId().get(), () -> token);
    }
}
