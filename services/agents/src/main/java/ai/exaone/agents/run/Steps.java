package ai.exaone.agents.run;

/**
 * Carries out the steps that reach outside. Each appends the events of what it did to the run. A failure that leaves one of these
 * as an exception has changed nothing that the journal does not say.
 */
public interface Steps {
    void callModel(OpenRun run, Step.CallModel step);

    void callTool(OpenRun run, Step.CallTool step);

    /** Settles a tool call of which only the beginning is known. */
    void resumeTool(OpenRun run, Step.ResumeTool step);
}
