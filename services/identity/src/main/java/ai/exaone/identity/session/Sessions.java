package ai.exaone.identity.session;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.keycloak.SignInServer;
import ai.exaone.identity.keycloak.SignedIn;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with console sessions. Thread-safe. */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final SessionStore store;
    private final SignInServer signIn;
    private final PersonStore people;
    private final SessionVerifier verifier;
    private final SecureRandom random;
    private final Clock clock;

    public Sessions(SessionStore store, SignInServer signIn, PersonStore people, SecureRandom random, Clock clock) {
        this.store = store;
        this.signIn = signIn;
        this.people = people;
        this.verifier = new SessionVerifier(store, signIn, people, clock);
        this.random = random;
        this.clock = clock;
    }

    /** A new session, and what the browser gets. */
    record Opened(SessionToken token, Instant expiresAt) {}

    /** Whose session it is. */
    public record Holder(Person person, boolean platformAdmin) {}

    /**
     * Opens a session for somebody who comes back from signing in.
     *
     * @throws PlatformException SIGN_IN_REFUSED, SIGN_IN_UNAVAILABLE
     */
    Opened open(String code, String codeVerifier, String redirectUri, String nonce, Actor request) {
        SignedIn signedIn = signIn.redeem(code, codeVerifier, redirectUri, nonce);
        Person person = people.signedIn(signedIn.account());
        SessionToken token = SessionToken.generate(random);
        Instant now = clock.instant();
        var session = new ConsoleSession(
                token.hash(),
                person.id(),
                signedIn.refreshToken(),
                signedIn.account().platformAdmin(),
                now,
                SessionVerifier.validUntil(now, signedIn),
                now,
                now,
                now.plus(ConsoleSession.LONGEST));
        store.insert(session, new Act(as(person, request), "session.create"));
        return new Opened(token, session.expiresAt());
    }

    /**
     * The holder of a session, for whom Keycloak has vouched within a bounded time: see {@link SessionVerifier}.
     *
     * @throws PlatformException SESSION_ENDED; SIGN_IN_UNAVAILABLE when Keycloak has been away for too long
     */
    public Holder holder(String token) {
        ConsoleSession session = living(new SessionToken(token)).orElseThrow(SessionError::ended);
        ConsoleSession vouched = verifier.verify(session);
        Instant now = clock.instant();
        if (vouched.lastUsedAt().plus(SessionVerifier.NOTED_EVERY).isBefore(now)) {
            store.used(vouched.key(), now);
        }
        Person person = people.find(vouched.userId()).orElseThrow(SessionError::ended);
        return new Holder(person, vouched.platformAdmin());
    }

    /** Ends a session, in Keycloak too as long as that can be reached. Ending it again does nothing. */
    void close(String token, Actor request) {
        Optional<ConsoleSession> session = store.find(new SessionToken(token).hash());
        if (session.isEmpty()) {
            return;
        }
        Actor actor = people.find(session.get().userId())
                .map(person -> as(person, request))
                .orElse(request);
        store.delete(session.get(), new Act(actor, "session.delete"));
        try {
            signIn.end(session.get().refreshToken());
        } catch (PlatformException failure) {
            if (failure.category() != ErrorCategory.UNAVAILABLE) {
                throw failure;
            }
            LOG.warn("A session ended here lives on in Keycloak until it times out: that cannot be reached", failure);
        }
    }

    /** Forgets the sessions that are over. */
    public void sweep() {
        store.deleteOver(clock.instant());
    }

    private Optional<ConsoleSession> living(SessionToken token) {
        return store.find(token.hash()).filter(session -> !session.isOver(clock.instant()));
    }

    private static Actor as(Person person, Actor request) {
        return request.as(person.id().value(), person.shownName());
    }
}
