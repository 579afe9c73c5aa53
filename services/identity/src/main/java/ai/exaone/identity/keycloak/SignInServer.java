package ai.exaone.identity.keycloak;

import ai.exaone.errors.PlatformException;

/** Where people sign in to the console. Thread-safe. */
public interface SignInServer {
    /**
     * Redeems the code that a browser brought back.
     *
     * @param codeVerifier of PKCE (RFC 7636)
     * @param nonce that the id token must carry
     * @throws PlatformException SIGN_IN_REFUSED, SIGN_IN_UNAVAILABLE
     */
    SignedIn redeem(String code, String codeVerifier, String redirectUri, String nonce);

    /**
     * Vouches again for somebody who signed in before.
     *
     * @throws PlatformException SIGN_IN_REFUSED if the session ended or the account may no longer sign in; SIGN_IN_UNAVAILABLE
     */
    SignedIn refresh(String refreshToken);

    /**
     * Ends somebody's session, if it has not ended yet.
     *
     * @throws PlatformException SIGN_IN_UNAVAILABLE
     */
    void end(String refreshToken);
}
