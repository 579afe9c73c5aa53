package ai.exaone.identity.session;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.keycloak.KeycloakError;
import ai.exaone.identity.keycloak.SignInServer;
import ai.exaone.identity.keycloak.SignedIn;
import ai.exaone.identity.lock.KeyedLocks;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Has Keycloak vouch again for a session once what it said is older than an access token's life. While Keycloak cannot be reached, a
 * session goes on for {@link #LONGEST_WITHOUT_SERVER} after that, so that its outage signs nobody out; then it waits for
 * Keycloak, and is not ended. Asked by many requests at once, one asks Keycloak for all of them. Thread-safe.
 */
final class SessionVerifier {
    /** How long a session goes on after Keycloak should have vouched again and could not be asked. */
    static final Duration LONGEST_WITHOUT_SERVER = Duration.ofMinutes(10);

    /** How exactly it is known when a session was last used. */
    static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    /** The longest that what Keycloak said is believed without asking again, whatever it said itself. */
    private static final Duration LONGEST_BELIEVED = Duration.ofMinutes(5);

    /** How long nobody asks again after Keycloak could not be reached. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final SessionStore store;
    private final SignInServer signIn;
    private final PersonStore people;
    private final Clock clock;
    private final KeyedLocks locks = new KeyedLocks();
    private volatile Instant pausedUntil = Instant.MIN;

    SessionVerifier(SessionStore store, SignInServer signIn, PersonStore people, Clock clock) {
        this.store = store;
        this.signIn = signIn;
        this.people = people;
        this.clock = clock;
    }

    static Instant validUntil(Instant now, SignedIn signedIn) {
        Duration said = signedIn.validFor();
        return now.plus(said.compareTo(LONGEST_BELIEVED) < 0 ? said : LONGEST_BELIEVED);
    }

    /**
     * The session, vouched for.
     *
     * @throws PlatformException SESSION_ENDED, SIGN_IN_UNAVAILABLE
     */
    ConsoleSession verify(ConsoleSession session) {
        if (clock.instant().isBefore(session.verifiedUntil())) {
            return session;
        }
        return locks.holding(session.key(), () -> {
            // Whoever had the lock before may have asked for this session, too.
            ConsoleSession present = store.find(session.key()).orElseThrow(SessionError::ended);
            return clock.instant().isBefore(present.verifiedUntil()) ? present : ask(present);
        });
    }

    private ConsoleSession ask(ConsoleSession session) {
        Instant now = clock.instant();
        if (now.isBefore(pausedUntil)) {
            return withoutServer(session, now, unavailable());
        }
        try {
            return vouched(session, signIn.refresh(session.refreshToken()));
        } catch (PlatformException failure) {
            if (failure.category() == ErrorCategory.UNAVAILABLE) {
                pausedUntil = clock.instant().plus(PAUSE);
                return withoutServer(session, now, failure);
            }
            if (failure.category() == ErrorCategory.UNAUTHENTICATED) {
                var keycloak = new Actor("service:keycloak", "Keycloak", "", "");
                store.delete(session, new Act(keycloak, "session.end"));
                throw SessionError.ended();
            }
            throw failure;
        }
    }

    private ConsoleSession vouched(ConsoleSession before, SignedIn signedIn) {
        Person person = people.signedIn(signedIn.account());
        if (!person.id().equals(before.userId())) {
            throw SessionError.ended();
        }
        Instant now = clock.instant();
        ConsoleSession after = before.verified(
                signedIn.refreshToken(), signedIn.account().platformAdmin(), now, validUntil(now, signedIn));
        store.verified(before, after);
        return after;
    }

    private static ConsoleSession withoutServer(ConsoleSession session, Instant now, PlatformException failure) {
        if (now.isBefore(session.verifiedUntil().plus(LONGEST_WITHOUT_SERVER))) {
            return session;
        }
        throw failure;
    }

    private static PlatformException unavailable() {
        return PlatformException.because(
                        KeycloakError.SIGN_IN_UNAVAILABLE, "The sign-in server cannot be reached just now.")
                .retryAfter(PAUSE)
                .build();
    }
}
