package ai.exaone.agents.run;

import ai.exaone.agents.run.RunEvent.ToolCall;
import java.util.List;

/** One turn of the conversation as the model is shown it. */
public sealed interface Turn {
    /**
     * What the run was asked, message by message.
     *
     * @param role {@code user} or {@code assistant}
     */
    record Asked(String role, String content) implements Turn {}

    /** What the model answered. */
    record Answered(String content, List<ToolCall> toolCalls) implements Turn {
        public Answered {
            toolCalls = List.copyOf(toolCalls);
        }
    }

    /** What came of a tool call: the tool's answer, or why there is none. */
    record ToolAnswered(ToolCall call, String text, boolean failed) implements Turn {}
}
