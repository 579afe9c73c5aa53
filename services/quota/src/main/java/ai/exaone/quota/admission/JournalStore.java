package ai.exaone.quota.admission;

import ai.exaone.quota.usage.SpoolPosition;
import ai.exaone.quota.writer.SupersededException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What admission keeps in the database. */
public interface JournalStore {
    /** An id of the batch belongs to another hold. Nothing was stored. */
    final class TakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Set<String> requestIds;

        TakenException(Set<String> requestIds) {
            super("Request ids that were admitted before: " + requestIds.size());
            this.requestIds = Set.copyOf(requestIds);
        }

        Set<String> requestIds() {
            return requestIds;
        }
    }

    /**
     * Everything that decisions start from.
     *
     * @param holds the open ones, and those closed lately
     * @param used sums of the days asked for, the earliest day first
     * @param shadowed what limits in shadow would have refused on the days asked for, the earliest day first
     * @param exchanges of slices, answered lately; each run's in their order
     */
    record Memory(
            List<StoredHold> holds,
            List<JournalEntry.Used> used,
            List<JournalEntry.Shadowed> shadowed,
            Map<String, SpoolPosition> watermarks,
            List<StoredExchange> exchanges) {}

    /**
     * Stores entries in their order, all or none.
     *
     * @throws SupersededException the epoch is over; nothing was stored
     * @throws TakenException nothing was stored
     */
    void write(long epoch, List<JournalEntry> entries);

    /**
     * Reads what decisions start from.
     *
     * @param closedSince from when on closed holds are wanted
     * @param exchangedSince from when on exchanges of slices are wanted
     * @param usedSince from which day on sums are wanted
     */
    Memory read(Instant closedSince, Instant exchangedSince, LocalDate usedSince);

    /** Those holds of a tenant that exist. */
    List<StoredHold> find(String tenantId, Collection<String> requestIds);

    /**
     * Forgets holds that are in the ledger, and those that never came to be in it, and exchanges of slices as old as the former.
     *
     * @return how many; fewer than the limit when none is left
     */
    int forget(Instant recordedBefore, Instant closedBefore, int limit);
}
