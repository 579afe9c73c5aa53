package ai.exaone.agents.step;

import ai.exaone.agents.model.InferenceDoor;
import ai.exaone.agents.model.ModelCaller;
import ai.exaone.agents.run.OpenRun;
import ai.exaone.agents.run.RunError;
import ai.exaone.agents.run.RunEvent;
import ai.exaone.agents.run.RunEvent.ToolCall;
import ai.exaone.agents.run.Step;
import ai.exaone.agents.run.StopSignal;
import ai.exaone.agents.tool.Toolbox;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the model for its next answer. What it is doing is journalled before and after; between the two it may be asked again. */
final class ModelStep {
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ModelCaller models;
    private final IdGenerator ids;
    private final Clock clock;

    ModelStep(ModelCaller models, IdGenerator ids, Clock clock) {
        this.models = models;
        this.ids = ids;
        this.clock = clock;
    }

    void call(OpenRun run, Step.CallModel step, Supplier<Toolbox> toolbox) {
        // Asked for first: whether the owner may still run it is not a matter of the model.
        String token = run.pass().token();
        String requestId = ids.next("req");
        run.append(
                new RunEvent.ModelCallStarted(step.step(), run.specification().model(), requestId, step.attempt()));
        ChatResponse answer;
        try {
            answer = ask(run, step, toolbox, token, requestId);
        } catch (PlatformException failure) {
            if (run.stop().reason().isEmpty()) {
                failed(run, step, failure);
            }
            return;
        }
        run.append(completed(step, answer));
    }

    private ChatResponse ask(
            OpenRun run, Step.CallModel step, Supplier<Toolbox> toolbox, String token, String requestId) {
        var parameters = run.specification().parameters();
        var request = ChatRequest.builder()
                .messages(Conversation.messages(run.specification().instructions(), run.state()))
                .modelName(run.specification().model())
                .toolSpecifications(toolbox.get().specifications());
        parameters.temperature().ifPresent(request::temperature);
        parameters.maxOutputTokens().ifPresent(request::maxOutputTokens);
        var timeout = Duration.between(clock.instant(), run.deadline());
        var terms = new InferenceDoor.Terms(
                token, requestId, run.run().owner().depth() + 1, timeout.isPositive() ? timeout : Duration.ofMillis(1));
        var made = new AtomicInteger();
        List<StopSignal.Registration> cutOffs = new ArrayList<>();
        try {
            return models.ask(
                    request.build(),
                    terms,
                    piece -> run.delta(step.step(), made.getAndAdd(piece.length()), piece),
                    cancel -> cutOffs.add(run.stop().onStop(cancel)));
        } finally {
            cutOffs.forEach(StopSignal.Registration::close);
        }
    }

    private void failed(OpenRun run, Step.CallModel step, PlatformException failure) {
        if (!clock.instant().isBefore(run.deadline())) {
            run.append(new RunEvent.ModelCallFailed(
                    step.step(), RunError.RUN_DURATION_EXCEEDED.name(), "The run took longer than its limit.", false));
            return;
        }
        Duration pause = failure.retryAfter().orElse(FIRST_PAUSE.multipliedBy(1L << (step.attempt() - 1)));
        boolean retrying =
                failure.reason().retryable() && step.attempt() < ATTEMPTS && pause.compareTo(LONGEST_PAUSE) <= 0;
        run.append(
                new RunEvent.ModelCallFailed(step.step(), failure.reason().name(), failure.publicMessage(), retrying));
        if (retrying) {
            run.stop().await(pause);
        }
    }

    private static RunEvent.ModelCallCompleted completed(Step.CallModel step, ChatResponse answer) {
        var message = answer.aiMessage();
        var usage = answer.tokenUsage();
        List<ToolCall> calls = new ArrayList<>();
        for (ToolExecutionRequest request : message.toolExecutionRequests()) {
            calls.add(toolCall(step, calls.size(), request));
        }
        return new RunEvent.ModelCallCompleted(
                step.step(),
                orEmpty(message.text()),
                orEmpty(message.thinking()),
                calls,
                usage == null || usage.inputTokenCount() == null ? 0 : usage.inputTokenCount(),
                usage == null || usage.outputTokenCount() == null ? 0 : usage.outputTokenCount(),
                finishReason(answer.finishReason(), calls));
    }

    /** Engines exist that give calls no id. */
    private static ToolCall toolCall(Step.CallModel step, int index, ToolExecutionRequest request) {
        String id = orEmpty(request.id());
        return new ToolCall(
                id.isBlank() ? "call_" + step.step() + "_" + index : id,
                orEmpty(request.name()),
                orEmpty(request.arguments()).isBlank() ? "{}" : request.arguments());
    }

    private static String finishReason(@Nullable FinishReason reason, List<ToolCall> calls) {
        if (reason == null) {
            return calls.isEmpty() ? "stop" : "tool_calls";
        }
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_EXECUTION -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
            case OTHER -> "other";
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
