package ai.exaone.identity.keycloak;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.person.SignedInAccount;

/** Verifies access tokens that callers present themselves. Thread-safe. */
public interface AccessTokens {
    /**
     * The account that a bearer token vouches for.
     *
     * @throws PlatformException ACCESS_TOKEN_INVALID; SIGN_IN_UNAVAILABLE if the keys that would tell cannot be fetched
     */
    SignedInAccount verifyBearer(String accessToken);
}
