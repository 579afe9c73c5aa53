package ai.exaone.agents.run;

import ai.exaone.agents.agent.AgentSpecification;
import ai.exaone.errors.PlatformException;
import ai.exaone.store.StoreError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A run in the hands of a worker: what it runs, where it is, and the one way to bring it further. For one thread. */
public final class OpenRun {
    private static final int APPEND_ATTEMPTS = 20;
    private static final Duration APPEND_PAUSE = Duration.ofMillis(250);

    private final Run run;
    private final AgentSpecification specification;
    private final RunPass pass;
    private final StopSignal stop;
    private final long epoch;
    private final Journal journal;
    private final RunFeed feed;
    private RunState state;

    OpenRun(
            Lease lease,
            AgentSpecification specification,
            RunPass pass,
            Journal journal,
            RunFeed feed,
            List<JournalEntry> entries) {
        this.run = lease.run();
        this.epoch = lease.epoch();
        this.stop = lease.stop();
        this.specification = specification;
        this.pass = pass;
        this.journal = journal;
        this.feed = feed;
        this.state = RunState.fold(entries);
    }

    /**
     * A run that was claimed.
     *
     * @param epoch of the worker that has it
     */
    record Lease(Run run, long epoch, StopSignal stop) {}

    public Run run() {
        return run;
    }

    public AgentSpecification specification() {
        return specification;
    }

    public RunState state() {
        return state;
    }

    public RunPass pass() {
        return pass;
    }

    public StopSignal stop() {
        return stop;
    }

    /** When the run has taken as long as it may. */
    public Instant deadline() {
        return run.createdAt().plus(specification.limits().duration());
    }

    Duration age(Instant now) {
        return Duration.between(run.createdAt(), now);
    }

    /**
     * Writes an event and shows it to those who watch. While the database is away it tries again for a while, so that the outcome
     * of a call is not lost to a short break.
     *
     * @throws PlatformException RUN_LEASE_LOST or STORE_UNAVAILABLE; the caller stops, and the run is read anew
     */
    public void append(RunEvent event) {
        for (int attempt = 1; ; attempt++) {
            try {
                JournalEntry entry = journal.append(run, epoch, state, event);
                state = state.after(event);
                feed.appended(run.id(), entry.sequence());
                return;
            } catch (PlatformException failure) {
                if (attempt > 1 && failure.reason() == RunError.RUN_LEASE_LOST) {
                    throw PlatformException.because(
                                    StoreError.STORE_UNAVAILABLE, "An event may have been written before.")
                            .cause(failure)
                            .build();
                }
                if (!(failure.reason() instanceof StoreError) || attempt == APPEND_ATTEMPTS || stop.left()) {
                    throw failure;
                }
                stop.await(APPEND_PAUSE);
            }
        }
    }

    /**
     * Shows a piece of text that is being made to those who watch at this moment.
     *
     * @param offset how many characters of the step's text were made before it
     */
    public void delta(int step, int offset, String content) {
        feed.delta(run.id(), new RunFeed.Delta(state.sequence(), step, offset, content));
    }
}
