package ai.exaone.agents.run;

import ai.exaone.agents.agent.AgentId;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.store.creation.CreationRequest;
import java.util.List;
import java.util.Optional;

/** Keeps runs and shows them. Only {@link Journal} advances one. Every method sees one tenant. */
public interface RunStore {
    /**
     * Stores a run with its first event, its specification, and what its request id made, all or nothing.
     *
     * @return the run stored; where the same creation was stored before, the run of that time
     * @throws ai.exaone.errors.PlatformException REQUEST_ID_REUSED if the request id made something else
     */
    Run create(NewRun run);

    /**
     * The run that the same request made before.
     *
     * @throws ai.exaone.errors.PlatformException REQUEST_ID_REUSED if the request id made something else
     */
    Optional<Run> made(ProjectScope scope, CreationRequest request);

    Optional<Run> find(ProjectScope scope, RunId id);

    /** A run of any project of the tenant: what a calling agent's run is looked up by. */
    Optional<Run> findOfTenant(String tenantId, RunId id);

    /**
     * Runs, newest first.
     *
     * @param before only runs older than this one; empty for the first page
     */
    List<Run> list(ProjectScope scope, Filter filter, Optional<RunId> before, int limit);

    /** Every run of a project that has not ended. */
    List<RunId> open(ProjectScope scope);

    /** Entries after a sequence, in order. */
    List<JournalEntry> entries(String tenantId, RunId id, long afterSequence, int limit);

    /** The specification that a run began with, as it was written. */
    String specification(String tenantId, String digest);

    /**
     * Asks a run to stop. One that waits for a worker ends at once; one that a worker has is marked, for its worker to see; one
     * that has ended stays as it is.
     *
     * @return the run after that; empty if there is none
     */
    Optional<Run> cancel(ProjectScope scope, RunId id, String by);

    /** Which runs a list has. */
    record Filter(Optional<AgentId> agent, Optional<Run.Phase> phase) {}

    /**
     * A run to be stored.
     *
     * @param run in its first state
     * @param specification as written
     * @param request the creation's id and content, where the caller gave one
     */
    record NewRun(Run run, RunEvent.Started started, String specification, Optional<CreationRequest> request) {}
}
