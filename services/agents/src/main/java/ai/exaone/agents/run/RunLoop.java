package ai.exaone.agents.run;

import ai.exaone.agents.agent.AgentSpecification;
import ai.exaone.agents.agent.SpecificationReader;
import ai.exaone.agents.run.OpenRun.Lease;
import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.store.StoreError;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Advances one leased run to its end: load the journal, fold it, plan the next step, carry it out, append what happened. Stops
 * when the run has ended, the lease is lost or the worker leaves; whoever has the run next goes on from the journal. Thread-safe.
 */
public final class RunLoop {
    private static final Logger LOG = LoggerFactory.getLogger(RunLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final RunStore store;
    private final Journal journal;
    private final SpecificationReader reader;
    private final RunTokens tokens;
    private final Steps.Source steps;
    private final Surroundings surroundings;

    /**
     * What every run shares.
     *
     * @param clock tells how old a run is
     */
    public record Surroundings(RunFeed feed, Clock clock) {}

    public RunLoop(
            RunStore store,
            Journal journal,
            SpecificationReader reader,
            RunTokens tokens,
            Steps.Source steps,
            Surroundings surroundings) {
        this.store = store;
        this.journal = journal;
        this.reader = reader;
        this.tokens = tokens;
        this.steps = steps;
        this.surroundings = surroundings;
    }

    /** Returns when there is nothing more to do for this worker. */
    void advance(Lease lease) {
        Duration pause = FIRST_PAUSE;
        while (!lease.stop().left()) {
            try {
                if (advance(open(lease))) {
                    return;
                }
            } catch (PlatformException failure) {
                if (failure.reason() == RunError.RUN_LEASE_LOST) {
                    LOG.info("Run {} is no longer this worker's", lease.run().id());
                    return;
                }
                if (!passes(failure)) {
                    fail(lease, failure);
                    return;
                }
                LOG.warn("Run {} waits: {}", lease.run().id(), failure.toString());
            } catch (RuntimeException defect) {
                LOG.error("Run {} is broken", lease.run().id(), defect);
                fail(lease, new PlatformException(RunError.RUN_BROKEN, "The platform could not go on with this run."));
                return;
            }
            lease.stop().await(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private OpenRun open(Lease lease) {
        Run run = lease.run();
        AgentSpecification specification =
                reader.read(store.specification(run.scope().tenantId(), run.specificationDigest()));
        var pass = new RunPass(tokens, surroundings.clock(), run, specification.model());
        return new OpenRun(lease, specification, pass, journal, surroundings.feed(), journal.read(run));
    }

    /** Advances a run until it has ended or the worker leaves. Whether it has ended. */
    private boolean advance(OpenRun run) {
        try (Steps open = steps.open(run)) {
            while (!run.stop().left()) {
                Step next = next(run);
                if (next instanceof Step.Nothing) {
                    return true;
                }
                carryOut(run, next, open);
            }
            return false;
        }
    }

    private Step next(OpenRun run) {
        return RunPlanner.next(
                run.state(),
                run.specification().limits(),
                run.age(surroundings.clock().instant()),
                run.stop().cancelledBy());
    }

    private static void carryOut(OpenRun run, Step step, Steps open) {
        switch (step) {
            case Step.CallModel call -> open.callModel(call);
            case Step.CallTool call -> open.callTool(call);
            case Step.ResumeTool call -> open.resumeTool(call);
            case Step.End(RunEvent.Ending ending) -> run.append(ending);
            case Step.Nothing _ -> {}
        }
    }

    /** Whether a failure is of the moment: the run waits and goes on. */
    private static boolean passes(PlatformException failure) {
        return failure.category() == ErrorCategory.UNAVAILABLE
                || failure.category() == ErrorCategory.DEADLINE_EXCEEDED
                || failure.reason() == StoreError.STORE_CONTENDED;
    }

    /** Ends a run that cannot go on. If even that fails, the lease's end gives it to another worker. */
    private void fail(Lease lease, PlatformException failure) {
        try {
            var state = RunState.fold(journal.read(lease.run()));
            if (state.ending().isEmpty()) {
                var ending = new RunEvent.Failed(failure.reason().name(), failure.publicMessage());
                JournalEntry last = journal.append(lease.run(), lease.epoch(), state, ending);
                surroundings.feed().appended(lease.run().id(), last.sequence());
            }
        } catch (RuntimeException again) {
            LOG.error("Run {} cannot be ended after {}", lease.run().id(), failure.toString(), again);
        }
    }
}
