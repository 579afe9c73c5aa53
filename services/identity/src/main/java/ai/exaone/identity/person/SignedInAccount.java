package ai.exaone.identity.person;

import java.util.Locale;

/**
 * An account as Keycloak has just vouched for it.
 *
 * @param subject Keycloak's own id of the account
 * @param email empty for an account without one
 * @param platformAdmin whether it has the realm role {@code platform-admin}
 */
public record SignedInAccount(
        String subject, Person.Kind kind, String email, String displayName, boolean platformAdmin) {
    public SignedInAccount {
        email = email.toLowerCase(Locale.ROOT);
    }
}
