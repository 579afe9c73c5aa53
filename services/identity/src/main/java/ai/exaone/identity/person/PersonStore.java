package ai.exaone.identity.person;

import ai.exaone.identity.id.UserId;
import java.util.Optional;

/** Keeps people. Thread-safe. */
public interface PersonStore {
    /**
     * The person of an account that Keycloak has just vouched for: made at first sight, else brought up to date. From then on
     * the account is no longer a new one that an invitation made.
     */
    Person signedIn(SignedInAccount account);

    /** The person of an account that an invitation found or made, who may never have signed in: made at first sight. */
    Person invited(String subject, String email);

    Optional<Person> find(UserId userId);

    /** Somebody with that email address, in lower case, who has been seen here. */
    Optional<Person> findByEmail(String email);
}
