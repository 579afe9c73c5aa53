package ai.exaone.gateway.idempotency;

import ai.exaone.gateway.auth.ProjectScope;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Keys and what came of their calls. Shared by all gateways: of any number that claim a key at once, one gets it. Failures are {@link
 * ai.exaone.errors.PlatformException}s; after one a write may have been done all the same. Thread-safe.
 */
public interface IdempotencyStore {
    /**
     * Claims a call's key unless a request claimed it before and it has not expired. One call has one request id, so claiming again
     * what is claimed changes nothing.
     *
     * @return what holds now; with the call's own request id where it has claimed the key
     */
    KeptCall claim(KeyedCall call, Instant now, Instant leaseUntil, Instant expiresAt);

    /** What is known of a key that has not expired. */
    Optional<KeptCall> find(CallerScope scope, IdempotencyKey key, Instant now);

    /**
     * Ends a call that runs.
     *
     * @param result empty where the call was carried out and its result is not to be had
     * @return whether the call was running; nothing was changed where it was not
     */
    boolean finish(KeyedCall call, Optional<KeptResult> result);

    /** Forgets a call that runs, and nothing else: its key is as if it had never been used. */
    void release(KeyedCall call);

    /** Says of calls that they still run; of those that do not, nothing. */
    void renew(Collection<KeyedCall> calls, Instant leaseUntil);

    /**
     * Forgets keys that have expired, the oldest first.
     *
     * @param most how many at the most
     * @return how many
     */
    int forget(Instant now, int most);

    /** The projects of which more than so many bytes are kept; a key counts as {@link #BYTES_OF_A_KEY} beside its result. */
    Set<ProjectScope> above(long bytes);

    /** What a key alone takes, about. */
    long BYTES_OF_A_KEY = 1024;
}
