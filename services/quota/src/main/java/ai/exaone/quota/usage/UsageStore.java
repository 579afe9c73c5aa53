package ai.exaone.quota.usage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger's rows. A call's row is written once and never changed, but for one case: a call that was stopped in the middle and made
 * again under the same request id, whose row is then that of the time when it was answered to the end.
 */
public interface UsageStore {
    /**
     * Where a page ends: the next begins after it.
     *
     * @param requestId breaks ties between calls of one moment
     */
    record Place(Instant startedAt, String requestId) {}

    /** Those of some requests that are so old that the ledger does not know any more whether it had them. */
    Set<String> expired(Collection<String> requestIds);

    /** What the ledger has of some requests. */
    List<UsageRecord> recorded(Collection<String> requestIds);

    /** Those of some requests whose calls are on closed statements, and stay as they are. */
    Set<String> closed(Collection<String> requestIds);

    Optional<UsageRecord> find(String tenantId, String requestId);

    /** A tenant's calls, newest first, after a place. */
    List<UsageRecord> list(String tenantId, UsageFilter filter, Optional<Place> after, int limit);
}
