package ai.exaone.quota.retention;

import ai.exaone.quota.writer.SupersededException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The ledger's weeks. */
public interface RetentionStore {
    /**
     * Up to where it was decided to prune.
     *
     * @param before requests of days before are not recorded any more
     */
    record Mark(LocalDate before, Instant at) {}

    /**
     * The newest of a week's calls.
     *
     * @param started when it began
     * @param recorded when the one that came last was stored
     */
    record Newest(Instant started, Instant recorded) {}

    /** Weeks that there are, in order. */
    List<Week> weeks();

    /** Makes weeks after the last one, in order. */
    void add(List<Week> weeks);

    /** Empty for a week without calls. */
    Optional<Newest> newest(Week week);

    Optional<Mark> mark();

    /** Whether sums of days before one are known to differ from the ledger. */
    boolean areSumsInDoubt(LocalDate before);

    /**
     * From its commit on no request of days before {@code before} is recorded. No call is recorded while it does so.
     *
     * @throws SupersededException the epoch is over; nothing was stored
     */
    void mark(long epoch, Mark mark);

    /**
     * From its commit on days before {@code completeFrom} are not compared with the ledger. It is never moved back.
     *
     * @throws SupersededException the epoch is over; nothing was stored
     */
    void prune(long epoch, LocalDate completeFrom);

    /** Removes a week with all its calls. */
    void drop(Week week);
}
