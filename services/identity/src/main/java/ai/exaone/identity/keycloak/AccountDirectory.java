package ai.exaone.identity.keycloak;

import ai.exaone.errors.PlatformException;
import java.util.Optional;

/**
 * The accounts with which people sign in. Every method may fail with SIGN_IN_UNAVAILABLE, and then may have done its work or not.
 * Thread-safe.
 */
public interface AccountDirectory {
    /** The subject of the account with that email address, in lower case. */
    Optional<String> findByEmail(String email) throws PlatformException;

    /**
     * Makes an account that can sign in with a temporary password, to be changed at the first time.
     *
     * @return its subject; empty if there is one with that email address already
     */
    Optional<String> create(String email, TemporaryPassword password) throws PlatformException;

    /** Gives an account a temporary password, to be changed at the next sign-in. */
    void resetPassword(String subject, TemporaryPassword password) throws PlatformException;
}
