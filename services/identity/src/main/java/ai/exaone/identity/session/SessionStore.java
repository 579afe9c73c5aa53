package ai.exaone.identity.session;

import ai.exaone.identity.audit.Act;
import java.time.Instant;
import java.util.Optional;

/** Keeps console sessions, refresh tokens encrypted. Thread-safe. */
public interface SessionStore {
    /** Stores a new session, and the act in the same transaction. */
    void insert(ConsoleSession session, Act act);

    Optional<ConsoleSession> find(SessionToken.Hash key);

    /** Stores what Keycloak said, unless it has said something since {@code before}. */
    void verified(ConsoleSession before, ConsoleSession after);

    /** Notes that a session was used. */
    void used(SessionToken.Hash key, Instant now);

    /** Deletes a session, and records the act in the same transaction; does nothing if there is none. */
    void delete(ConsoleSession session, Act act);

    /** Forgets the sessions that are over. */
    void deleteOver(Instant now);
}
