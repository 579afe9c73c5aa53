package ai.exaone.agents.run;

import ai.exaone.agents.run.RunEvent.ToolCall;

/** What a run does next. */
public sealed interface Step {
    /** Asks the model. */
    record CallModel(int step, int attempt) implements Step {}

    /** Begins a tool call. */
    record CallTool(int step, ToolCall call) implements Step {}

    /** Settles a tool call that was begun before the run came to this worker. */
    record ResumeTool(int step, ToolCall call, String idempotencyKey) implements Step {}

    /** Ends the run. */
    record End(RunEvent.Ending ending) implements Step {}

    /** Nothing: the run has ended. */
    record Nothing() implements Step {}
}
