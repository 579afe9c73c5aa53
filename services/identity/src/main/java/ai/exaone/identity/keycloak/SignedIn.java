package ai.exaone.identity.keycloak;

import ai.exaone.identity.person.SignedInAccount;
import java.time.Duration;

/**
 * Somebody for whom Keycloak has just vouched.
 *
 * @param refreshToken lets Keycloak vouch again; kept out of {@link #toString()}
 * @param validFor how long what it said holds
 */
public record SignedIn(SignedInAccount account, String refreshToken, Duration validFor) {
    @Override
    public String toString() {
        return "SignedIn[" + account.subject() + ", " + validFor + "]";
    }
}
