package ai.exaone.identity.token;

import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.token.TokenSigner;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signs internal tokens, and knows which keys verify them. The first key is made at first use; a new one after {@link #ROTATION}.
 * Processes of identity notice each other's new key within {@link #RELOAD}. Thread-safe.
 */
public final class SigningKeys {
    /** How long one key signs. */
    static final Duration ROTATION = Duration.ofDays(30);

    private static final Duration RELOAD = Duration.ofMinutes(1);
    /** How long a key that no longer signs still verifies: until other processes noticed, and their last token has expired. */
    private static final Duration RETIREMENT = RELOAD.plus(TokenSigner.LONGEST).multipliedBy(2);
    /** More keys than ever verify at once. */
    private static final int KEPT = 8;

    private final SigningKeyStore store;
    private final IdGenerator ids;
    private final Clock clock;
    private volatile @Nullable Loaded loaded;

    public SigningKeys(SigningKeyStore store, IdGenerator ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    private record Loaded(Instant at, List<SigningKey> newestFirst, TokenSigner signer) {}

    /**
     * Signs a token.
     *
     * @param lifetime positive, at most {@link TokenSigner#LONGEST}
     */
    String sign(Principal principal, Duration lifetime) {
        return current().signer().sign(principal, lifetime);
    }

    /** The keys whose tokens may still be valid, the signing one first. */
    List<SigningKey> verifying() {
        Instant now = clock.instant();
        List<SigningKey> keys = load(now).newestFirst();
        var verifying = new ArrayList<SigningKey>();
        Instant replacedAt = now;
        for (SigningKey key : keys) {
            if (replacedAt.plus(RETIREMENT).isAfter(now)) {
                verifying.add(key);
            }
            replacedAt = key.createdAt();
        }
        return List.copyOf(verifying);
    }

    /** Makes a new key and signs with it from now on. Tokens signed before stay valid. */
    public synchronized void rotate() {
        List<SigningKey> known = store.newest(1);
        long generation = known.isEmpty() ? 1 : known.getFirst().generation() + 1;
        store.add(generate(generation));
        load(clock.instant());
    }

    /** Makes a new key if the present one has signed for {@link #ROTATION}. */
    public void renew() {
        load(clock.instant());
    }

    private Loaded current() {
        Loaded present = loaded;
        Instant now = clock.instant();
        if (present != null && now.isBefore(present.at().plus(RELOAD)) && !now.isBefore(present.at())) {
            return present;
        }
        return load(now);
    }

    private synchronized Loaded load(Instant now) {
        List<SigningKey> keys = store.newest(KEPT);
        if (keys.isEmpty() || keys.getFirst().createdAt().plus(ROTATION).isBefore(now)) {
            store.add(generate(keys.isEmpty() ? 1 : keys.getFirst().generation() + 1));
            keys = store.newest(KEPT);
        }
        SigningKey signing = keys.getFirst();
        var fresh = new Loaded(now, keys, new TokenSigner(signing.keyId(), signing.privateKey(), clock));
        loaded = fresh;
        return fresh;
    }

    private SigningKey generate(long generation) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(generation, ids.next("sig"), pair.getPublic(), pair.getPrivate(), clock.instant());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
