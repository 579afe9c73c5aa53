package ai.exaone.gateway.batches;

import ai.exaone.gateway.auth.ProjectScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps batches, for their callers. Every method but {@link #forget} is about the batches of one project alone. All may throw {@link
 * ai.exaone.errors.PlatformException} with a {@link ai.exaone.store.StoreError}.
 */
interface BatchStore {
    /**
     * Keeps a new batch.
     *
     * @param mostOpen how many batches of the project may be open at once
     * @throws ai.exaone.errors.PlatformException TOO_MANY_BATCHES, FILE_NOT_FOUND where the input is gone
     */
    void insert(Batch batch, int mostOpen);

    Optional<Batch> find(ProjectScope scope, String id);

    /** The newest first, after one of them. */
    List<Batch> list(ProjectScope scope, Optional<String> after, int most);

    /** Notes that a batch that is validated or in progress is to be cancelled; false where it is neither. */
    boolean cancel(ProjectScope scope, String id, Instant now);

    /** Removes lines of batches that have ended, and batches that ended long ago. Returns how many rows went. */
    int forget(Instant endedBefore, int most);
}
