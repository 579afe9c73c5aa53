package ai.exaone.agents.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Keeps which worker has which run. Time is the database's, so that workers need no common clock. */
public interface LeaseStore {
    /** Enters a worker that starts now; returns its epoch, greater than all before it. */
    long register(String workerName);

    /** Says that a worker lives. False if it was declared dead meanwhile: it has lost all its runs. */
    boolean heartbeat(long epoch);

    /** Declares workers dead that were silent for this long, and frees their runs. Returns their epochs. */
    List<Long> expire(Duration silence);

    /** Leases waiting runs to a worker, the oldest first. Empty if the worker is dead. */
    List<Run> claim(long epoch, int limit);

    /** Frees one run, for any worker to claim. Nothing happens if the worker does not have it. */
    void release(long epoch, Run run);

    /** Ends a worker and frees its runs. */
    void end(long epoch);

    /** The worker's runs that somebody asked to stop, and who. */
    Map<RunId, String> cancellations(long epoch);
}
