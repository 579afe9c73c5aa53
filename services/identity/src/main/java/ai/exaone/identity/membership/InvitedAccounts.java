package ai.exaone.identity.membership;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.keycloak.AccountDirectory;
import ai.exaone.identity.keycloak.TemporaryPassword;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Sees to it that who is invited can sign in. An account that is there is left alone, with one exception: one that this very tenant's
 * invitation made, and whose owner has not signed in, gets a new first password, for the old one may have been lost before anybody
 * saw it. So a call that failed half-way is mended by the next one, and no tenant can take over an account. Thread-safe.
 */
public final class InvitedAccounts {
    private final AccountDirectory directory;
    private final NewAccountStore newAccounts;
    private final PersonStore people;
    private final SecureRandom random;

    public InvitedAccounts(
            AccountDirectory directory, NewAccountStore newAccounts, PersonStore people, SecureRandom random) {
        this.directory = directory;
        this.newAccounts = newAccounts;
        this.people = people;
        this.random = random;
    }

    /**
     * Somebody who can sign in.
     *
     * @param firstPassword for who has none yet
     */
    record Invited(Person person, Optional<TemporaryPassword> firstPassword) {}

    /**
     * The person with that email address, with an account to sign in with.
     *
     * @throws PlatformException SIGN_IN_UNAVAILABLE for somebody who has not been seen here before
     */
    Invited ensure(String email, TenantId tenantId) {
        boolean mayReset = newAccounts.isMadeBy(email, tenantId);
        Optional<String> subject;
        try {
            subject = directory.findByEmail(email);
        } catch (PlatformException failure) {
            return withoutDirectory(email, mayReset, failure);
        }
        return subject.isPresent() ? found(email, subject.get(), mayReset) : make(email, tenantId);
    }

    /** Who has been seen here before can be invited while Keycloak is away. */
    private Invited withoutDirectory(String email, boolean mayReset, PlatformException failure) {
        Optional<Person> known = people.findByEmail(email);
        if (failure.category() != ErrorCategory.UNAVAILABLE || known.isEmpty() || mayReset) {
            throw failure;
        }
        return new Invited(known.get(), Optional.empty());
    }

    private Invited found(String email, String subject, boolean mayReset) {
        Optional<TemporaryPassword> password = Optional.empty();
        if (mayReset) {
            TemporaryPassword first = TemporaryPassword.generate(random);
            directory.resetPassword(subject, first);
            password = Optional.of(first);
        }
        return new Invited(people.invited(subject, email), password);
    }

    private Invited make(String email, TenantId tenantId) {
        newAccounts.reserve(email, tenantId);
        TemporaryPassword first = TemporaryPassword.generate(random);
        Optional<String> subject = directory.create(email, first);
        if (subject.isEmpty()) {
            newAccounts.release(email, tenantId);
            String others = directory
                    .findByEmail(email)
                    .orElseThrow(() -> PlatformException.internal(
                            new IllegalStateException("Keycloak has an account and does not find it")));
            return found(email, others, false);
        }
        return new Invited(people.invited(subject.get(), email), Optional.of(first));
    }
}
