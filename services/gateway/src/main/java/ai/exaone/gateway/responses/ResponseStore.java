package ai.exaone.gateway.responses;

import ai.exaone.gateway.auth.ProjectScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps responses. Every method but {@link #forget} sees those of one project alone, and none that has expired. All may throw {@link
 * ai.exaone.errors.PlatformException} with a {@link ai.exaone.store.StoreError}.
 */
public interface ResponseStore {
    /** Fails where nothing can be kept now. */
    void probe();

    /** Keeps a response; those that it goes on from live as long as it does. Done whole or not at all. */
    void insert(ProjectScope scope, StoredResponse response);

    Optional<StoredResponse> find(ProjectScope scope, String id, Instant now);

    /**
     * A response and those that it goes on from, oldest first.
     *
     * @param mostBytes bytes of all of them together
     * @throws ai.exaone.errors.PlatformException RESPONSE_NOT_FOUND when the response or one before it is gone, CONVERSATION_TOO_LONG
     */
    List<StoredResponse> conversation(ProjectScope scope, String id, Instant now, long mostBytes);

    /** Forgets a response at once; false where there is none. */
    boolean delete(ProjectScope scope, String id, Instant now);

    /**
     * Removes responses that have expired.
     *
     * @return how many, at most {@code most}
     */
    int forget(Instant now, int most);
}
