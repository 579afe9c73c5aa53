package ai.exaone.quota.usage;

import java.time.Duration;
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

    /**
     * How calls are summed.
     *
     * @param width of the buckets of time, in whole seconds; empty for one bucket
     * @param offset of the zone from UTC, by which buckets are shifted, in whole seconds
     */
    record Grouping(Dimension dimension, Optional<Duration> width, Duration offset) {}

    /**
     * Sums over the calls of one bucket and group.
     *
     * @param bucket number of the bucket since the epoch, in local time; 0 without buckets
     * @param group empty without a dimension
     */
    record Sum(
            long bucket,
            String group,
            long requests,
            long refusedRequests,
            long inputTokens,
            long outputTokens,
            long amountMicros) {}

    /** What the ledger has of some requests. */
    List<UsageRecord> recorded(Collection<String> requestIds);

    /** Those of some requests whose calls are on closed statements, and stay as they are. */
    Set<String> closed(Collection<String> requestIds);

    Optional<UsageRecord> find(String tenantId, String requestId);

    /** A tenant's calls, newest first, after a place. */
    List<UsageRecord> list(String tenantId, UsageFilter filter, Optional<Place> after, int limit);

    /** Sums of a tenant's calls, by bucket, then by group; at most so many. */
    List<Sum> sums(String tenantId, UsageFilter filter, Grouping grouping, int limit);
}
