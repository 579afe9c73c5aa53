package ai.exaone.gateway.batches;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What workers write of batches. Those methods that take a lease are for the one worker of a batch, and throw {@link
 * LeaseLostException}, and change nothing, where that is somebody else by now. All may throw {@link ai.exaone.errors.PlatformException}
 * with a {@link ai.exaone.store.StoreError}; each change is done whole or not at all.
 */
interface BatchJournal {
    /** The batches that somebody may take up now, longest waiting first. */
    List<Lease> waiting(int most);

    /**
     * Takes a batch up for a time.
     *
     * @param seen as it was waiting
     * @return the lease; empty where somebody else was faster
     */
    Optional<Lease> claim(Lease seen, String worker, Duration term);

    /** The batch that a lease is of. */
    Batch read(Lease lease);

    /** Renews a lease and tells how the batch stands. */
    BatchStatus renew(Lease lease, Duration term);

    /** Lets go of a batch, which may be taken up again after a pause. */
    void release(Lease lease, Duration pause);

    /** Forgets the lines that an earlier worker found, so that all of them can be added. */
    void removeLines(Lease lease);

    /** Adds lines of the input, in their order. */
    void addLines(Lease lease, List<BatchLine> lines);

    /** The input is right: its lines are called from now on, unless the batch is to be cancelled by now. */
    void begin(Lease lease, int total, Instant now);

    /** The input is wrong. */
    void fail(Lease lease, String errors, Instant now);

    /** Lines without a result, in their order, after one of them. */
    List<BatchLine> open(Lease lease, int after, int most);

    /**
     * Writes what calls came to, and renews the lease. A line that is done already stays as it is.
     *
     * @return how the batch stands
     */
    BatchStatus record(Lease lease, List<LineEnd> ends, Duration term);

    /** No more lines are begun. */
    void endLines(Lease lease, Ending ending, Instant now);

    /**
     * A line of the input, with its result where it has one.
     *
     * @param end empty where it is still open
     */
    record ResultLine(BatchLine line, Optional<LineEnd.Done> end) {}

    /** Lines in their order, after one of them: as many as fit into so many bytes, and one at the least where there is one. */
    List<ResultLine> results(Lease lease, int after, long bytes);

    /** The results are there: the batch has ended. Its files become ready in the same moment. */
    void publish(Lease lease, Published published, Instant now);

    /**
     * What a batch ends with.
     *
     * @param outputFileId the file that was written of what succeeded, if anything did
     * @param errorFileId the file that was written of what failed, if anything did
     */
    record Published(
            BatchStatus status, Batch.Counts counts, Optional<String> outputFileId, Optional<String> errorFileId) {}
}
