package ai.exaone.gateway.warmup;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AcceptedKey;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Credentials;
import ai.exaone.gateway.auth.ExchangedKey;
import ai.exaone.gateway.auth.KeyCache;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one key that the warm way accepts. It is random, lives as long as the way, and is a key nowhere else. */
final class WarmKey {
    /** People are not let in. */
    static final Credentials NOBODY = (request, tenantId) -> {
        throw refusal();
    };

    private static final int SECRET_BYTES = 32;

    private final String secret;
    private final ExchangedKey accepted;
    private final String tenantId;
    private final Principals principals;

    WarmKey(IdGenerator ids, Clock clock) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        this.tenantId = ids.next("tnt");
        String keyId = ids.next("key");
        this.secret = "exk_" + keyId + "_" + HexFormat.of().formatHex(random);
        this.accepted = new ExchangedKey(
                new AcceptedKey(keyId, Set.of("inference"), List.of(), Optional.empty()),
                Principal.key(keyId, "warm-up", tenantId, ids.next("prj"), Set.of(Principals.CALL), List.of()),
                "");
        this.principals = new Principals(
                new KeyCache(this::exchange, System::nanoTime),
                new TokenVerifier(keyOfToken -> Optional.empty(), clock),
                () -> Duration.ZERO,
                clock);
    }

    String secret() {
        return secret;
    }

    String tenantId() {
        return tenantId;
    }

    Principals principals() {
        return principals;
    }

    private ExchangedKey exchange(String presented) {
        if (!MessageDigest.isEqual(bytes(presented), bytes(secret))) {
            throw refusal();
        }
        return accepted;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PlatformException refusal() {
        return new PlatformException(AuthError.KEY_NOT_ACCEPTED, "Nobody is served here.");
    }
}
