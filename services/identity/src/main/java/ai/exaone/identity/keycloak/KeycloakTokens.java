package ai.exaone.identity.keycloak;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.SignedInAccount;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;

/**
 * Verifies the realm's tokens against its published keys, which are kept: with Keycloak down, tokens that it gave out before are
 * still told from forged ones.
 */
final class KeycloakTokens implements AccessTokens {
    private static final String AUDIENCE = "exaone";
    private static final String PLATFORM_ADMIN = "platform-admin";
    private static final String SERVICE_ACCOUNT = "service-account-";
    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    private static final Duration KEYS_KEPT_WITHOUT_SERVER = Duration.ofHours(12);
    private static final int CLOCK_SKEW_SECONDS = 5;

    private final KeycloakRealm realm;
    private final Set<String> bearerClients;
    private final Clock clock;
    private final HttpsJwksVerificationKeyResolver keys;

    /**
     * @param bearerClients the clients whose access tokens are accepted from outside
     */
    KeycloakTokens(KeycloakRealm realm, List<String> bearerClients, Clock clock) {
        this.realm = realm;
        this.bearerClients = Set.copyOf(bearerClients);
        this.clock = clock;
        var published = new HttpsJwks(realm.certificates());
        published.setRetainCacheOnErrorDuration(KEYS_KEPT_WITHOUT_SERVER.toSeconds());
        this.keys = new HttpsJwksVerificationKeyResolver(published);
    }

    @Override
    public SignedInAccount verifyBearer(String accessToken) {
        return verify(accessToken, bearerClients);
    }

    /** The account that an access token given to one of our clients vouches for. */
    SignedInAccount verify(String accessToken, String client) {
        return verify(accessToken, Set.of(client));
    }

    /** Checks that an id token was made for this client and this sign-in. */
    void requireNonce(String idToken, String client, String nonce) {
        try {
            JwtClaims claims = claims(idToken, client);
            if (!nonce.equals(claims.getStringClaimValue("nonce"))) {
                throw new PlatformException(KeycloakError.SIGN_IN_REFUSED, "This sign-in was not begun here.");
            }
        } catch (MalformedClaimException malformed) {
            throw invalid(malformed);
        }
    }

    private SignedInAccount verify(String accessToken, Set<String> clients) {
        try {
            JwtClaims claims = claims(accessToken, AUDIENCE);
            if (!clients.contains(text(claims, "azp"))) {
                throw new PlatformException(
                        KeycloakError.ACCESS_TOKEN_INVALID, "The access token was not made for this use.");
            }
            return account(claims);
        } catch (MalformedClaimException malformed) {
            throw invalid(malformed);
        }
    }

    private JwtClaims claims(String token, String audience) {
        try {
            return new JwtConsumerBuilder()
                    .setRequireSubject()
                    .setRequireExpirationTime()
                    .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                    .setExpectedIssuer(realm.issuer())
                    .setExpectedAudience(audience)
                    .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                    .setJwsAlgorithmConstraints(ALGORITHMS)
                    .setVerificationKeyResolver(keys)
                    .build()
                    .processToClaims(token);
        } catch (InvalidJwtException wrong) {
            throw couldNotTell(wrong) ? KeycloakHttp.unavailable(wrong) : invalid(wrong);
        }
    }

    /** Whether the token is not known to be wrong: the keys that would tell could not be fetched. */
    private static boolean couldNotTell(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static SignedInAccount account(JwtClaims claims) throws MalformedClaimException {
        String userName = text(claims, "preferred_username");
        boolean program = userName.equals(SERVICE_ACCOUNT + text(claims, "azp"));
        String name = text(claims, "name");
        return new SignedInAccount(
                claims.getSubject(),
                program ? Person.Kind.PROGRAM : Person.Kind.HUMAN,
                text(claims, "email"),
                name.isEmpty() ? userName : name,
                roles(claims).contains(PLATFORM_ADMIN));
    }

    private static List<?> roles(JwtClaims claims) {
        return claims.getClaimValue("realm_access") instanceof Map<?, ?> access
                        && access.get("roles") instanceof List<?> roles
                ? roles
                : List.of();
    }

    private static String text(JwtClaims claims, String name) throws MalformedClaimException {
        return Optional.ofNullable(claims.getStringClaimValue(name)).orElse("");
    }

    private static PlatformException invalid(Exception cause) {
        return PlatformException.because(KeycloakError.ACCESS_TOKEN_INVALID, "The access token is not valid.")
                .cause(cause)
                .build();
    }
}
