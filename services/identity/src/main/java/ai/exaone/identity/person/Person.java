package ai.exaone.identity.person;

import ai.exaone.identity.id.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who has signed in or was invited.
 *
 * @param subject Keycloak's own id of the account
 * @param email in lower case; empty for an account without one
 * @param platformAdminAt when Keycloak last vouched that this is a platform admin; empty if it does not
 */
public record Person(
        UserId id, String subject, Kind kind, String email, String displayName, Optional<Instant> platformAdminAt) {
    /** What kind of account it is. */
    public enum Kind {
        HUMAN,
        /** A client's own account, such as the one that sets an installation up. */
        PROGRAM
    }

    /** The name shown to people: the display name, else the email address, else the id. */
    public String shownName() {
        if (!displayName.isEmpty()) {
            return displayName;
        }
        return email.isEmpty() ? id.value() : email;
    }
}
