package ai.exaone.agents.run;

/**
 * Carries out the steps of one open run that reach outside. Each appends the events of what it did to the run. A failure that
 * leaves one of these as an exception has done nothing that the journal does not say. For one thread.
 */
public interface Steps extends AutoCloseable {
    void callModel(Step.CallModel step);

    void callTool(Step.CallTool step);

    /** Settles a tool call of which only the beginning is known. */
    void resumeTool(Step.ResumeTool step);

    @Override
    void close();

    /** Makes the steps of runs. Thread-safe. */
    @FunctionalInterface
    interface Source {
        Steps open(OpenRun run);
    }
}
