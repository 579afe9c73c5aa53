package ai.exaone.agents.run;

import java.util.List;

/** Advances runs. Append is the only write there is, and the lease and the sequence fence it. */
public interface Journal {
    /** All entries of a run, in order. */
    List<JournalEntry> read(Run run);

    /**
     * Writes the next event and the run's summary in one transaction.
     *
     * @param before the state that the event follows
     * @return what was written
     * @throws ai.exaone.errors.PlatformException RUN_LEASE_LOST if the run is not leased to the epoch, or its journal is elsewhere
     *     than {@code before} says; STORE_UNAVAILABLE if it may or may not have been written
     */
    JournalEntry append(Run run, long epoch, RunState before, RunEvent event);
}
