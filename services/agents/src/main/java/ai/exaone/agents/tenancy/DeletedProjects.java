package ai.exaone.agents.tenancy;

import ai.exaone.agents.agent.Agents;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.run.Runs;

/**
 * Ends what a deleted project leaves: its agents are deleted and its runs are asked to stop. A run that begins meanwhile gets no token
 * from identity. Thread-safe; everything may be repeated.
 */
public final class DeletedProjects {
    /** Who asks the runs to stop, for their journals. */
    static final String BY = "service:agents";

    private final Agents agents;
    private final Runs runs;

    public DeletedProjects(Agents agents, Runs runs) {
        this.agents = agents;
        this.runs = runs;
    }

    void end(ProjectScope scope) {
        agents.deleteAll(scope);
        runs.cancelAll(scope, BY);
    }
}
