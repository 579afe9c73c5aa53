package ai.exaone.rpc.token;

import ai.exaone.rpc.Principal;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs internal tokens (JWS with EdDSA over Ed25519, RFC 8037). Identity's alone. Thread-safe. */
public final class TokenSigner {
    /** The longest that a token is valid. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private final String keyId;
    private final PrivateKey key;
    private final Clock clock;

    /**
     * @param keyId names the key in the tokens' headers
     * @param key an Ed25519 private key
     */
    public TokenSigner(String keyId, PrivateKey key, Clock clock) {
        this.keyId = keyId;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Signs a token.
     *
     * @param lifetime positive, at most {@link #LONGEST}
     */
    public String sign(Principal principal, Duration lifetime) {
        if (!lifetime.isPositive() || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A token lives up to " + LONGEST + ", not " + lifetime);
        }
        Instant now = clock.instant();
        JwtClaims claims = TokenClaims.of(principal);
        claims.setGeneratedJwtId();
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(lifetime).getEpochSecond()));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException broken) {
            throw new IllegalStateException("The signing key does not sign", broken);
        }
    }
}
