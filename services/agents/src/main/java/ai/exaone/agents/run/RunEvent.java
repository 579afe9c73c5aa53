package ai.exaone.agents.run;

import ai.exaone.agents.agent.ReleaseId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a run's journal says happened. The meaning of each is in {@code exaone/agents/v1/run.proto}. */
public sealed interface RunEvent {
    /** The first event of every run. */
    record Started(List<InputMessage> input, Optional<ReleaseId> release, String specificationDigest)
            implements RunEvent {
        public Started {
            input = List.copyOf(input);
        }
    }

    /** A model is about to be called. */
    record ModelCallStarted(int step, String model, String requestId, int attempt) implements RunEvent {}

    /** A model answered: with text, or with tools that it wants called, or both. */
    record ModelCallCompleted(
            int step,
            String content,
            String reasoning,
            List<ToolCall> toolCalls,
            long inputTokens,
            long outputTokens,
            String finishReason)
            implements RunEvent {
        public ModelCallCompleted {
            toolCalls = List.copyOf(toolCalls);
        }
    }

    /** A model call failed; the step is tried again, or the run ends with this reason. */
    record ModelCallFailed(int step, String reason, String detail, boolean retrying) implements RunEvent {}

    /** A tool is about to be called. */
    record ToolCallStarted(int step, ToolCall call, String idempotencyKey) implements RunEvent {}

    /** A tool answered. */
    record ToolCallCompleted(int step, String callId, String result, Duration duration) implements RunEvent {}

    /** A tool failed; the model is told. */
    record ToolCallFailed(int step, String callId, String reason, String detail) implements RunEvent {}

    /** The last event of a run. */
    sealed interface Ending extends RunEvent {}

    /** The run ended with an answer. */
    record Completed(String output) implements Ending {}

    /** The run ended without an answer. */
    record Failed(String reason, String detail) implements Ending {}

    /** The run was stopped by somebody. */
    record Cancelled(String by) implements Ending {}

    /**
     * One message of the conversation that a run answers.
     *
     * @param role {@code user} or {@code assistant}
     */
    record InputMessage(String role, String content) {}

    /**
     * A tool call as the model asked for it.
     *
     * @param callId the model's id of the call, unique within its answer
     * @param arguments JSON as the model wrote it
     */
    record ToolCall(String callId, String name, String arguments) {}
}
