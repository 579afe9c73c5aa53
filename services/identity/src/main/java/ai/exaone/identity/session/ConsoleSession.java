package ai.exaone.identity.session;

import ai.exaone.identity.id.UserId;
import java.time.Duration;
import java.time.Instant;

/**
 * Somebody signed in to the console.
 *
 * @param key under which it is stored
 * @param refreshToken lets Keycloak vouch again; kept out of {@link #toString()}
 * @param platformAdmin whether Keycloak said so when it last vouched
 * @param verifiedAt when Keycloak last vouched
 * @param verifiedUntil until when that needs no asking again
 * @param expiresAt when it ends at the latest
 */
public record ConsoleSession(
        SessionToken.Hash key,
        UserId userId,
        String refreshToken,
        boolean platformAdmin,
        Instant verifiedAt,
        Instant verifiedUntil,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt) {
    /** How long a session may be unused. The same as the realm's client session: later there would be nothing to refresh with. */
    static final Duration LONGEST_IDLE = Duration.ofHours(2);

    /** How long a session lasts at most, as in the realm. */
    static final Duration LONGEST = Duration.ofHours(12);

    boolean isOver(Instant now) {
        return !now.isBefore(expiresAt) || !now.isBefore(lastUsedAt.plus(LONGEST_IDLE));
    }

    ConsoleSession verified(String newRefreshToken, boolean admin, Instant now, Instant until) {
        return new ConsoleSession(key, userId, newRefreshToken, admin, now, until, createdAt, lastUsedAt, expiresAt);
    }

    @Override
    public String toString() {
        return "ConsoleSession[" + userId + ", until " + expiresAt + "]";
    }
}
