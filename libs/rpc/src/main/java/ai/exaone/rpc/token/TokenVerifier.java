package ai.exaone.rpc.token;

import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcError;
import java.security.Key;
import java.time.Clock;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.UnresolvableKeyException;

/** Verifies internal tokens. Thread-safe. */
public final class TokenVerifier {
    private static final AlgorithmConstraints ONLY_EDDSA =
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA);

    private final VerificationKeys keys;
    private final Clock clock;

    public TokenVerifier(VerificationKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The principal that a token vouches for.
     *
     * @param token a compact JWS
     * @throws PlatformException UNAUTHENTICATED for a token that is malformed, expired, not for us or not signed by identity;
     *     SERVICE_UNAVAILABLE when its key could not be fetched
     */
    public Principal verify(String token) {
        try {
            return TokenClaims.principal(new JwtConsumerBuilder()
                    .setRequireSubject()
                    .setRequireExpirationTime()
                    .setExpectedIssuer(TokenClaims.ISSUER)
                    .setExpectedAudience(TokenClaims.AUDIENCE)
                    .setMaxFutureValidityInMinutes((int) TokenSigner.LONGEST.toMinutes() + 1)
                    .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                    .setJwsAlgorithmConstraints(ONLY_EDDSA)
                    .setVerificationKeyResolver(this::key)
                    .build()
                    .processToClaims(token));
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException wrong) {
            if (wrong.getCause() instanceof PlatformException keysUnavailable) {
                throw keysUnavailable;
            }
            throw PlatformException.because(RpcError.UNAUTHENTICATED, "The caller's token is not valid.")
                    .cause(wrong)
                    .build();
        }
    }

    private Key key(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        String keyId = signature.getKeyIdHeaderValue();
        if (keyId == null) {
            throw new UnresolvableKeyException("The token names no key");
        }
        return keys.find(keyId).orElseThrow(() -> new UnresolvableKeyException("The token names an unknown key"));
    }
}
