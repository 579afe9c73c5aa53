package ai.exaone.agents.run;

import ai.exaone.agents.agent.ReleaseId;
import ai.exaone.agents.run.RunEvent.InputMessage;
import ai.exaone.agents.run.RunEvent.ToolCall;
import ai.exaone.proto.agents.v1.ModelCallCompleted;
import ai.exaone.proto.agents.v1.ModelCallFailed;
import ai.exaone.proto.agents.v1.ModelCallStarted;
import ai.exaone.proto.agents.v1.RunCancelled;
import ai.exaone.proto.agents.v1.RunCompleted;
import ai.exaone.proto.agents.v1.RunFailed;
import ai.exaone.proto.agents.v1.RunStarted;
import ai.exaone.proto.agents.v1.ToolCallCompleted;
import ai.exaone.proto.agents.v1.ToolCallFailed;
import ai.exaone.proto.agents.v1.ToolCallStarted;
import ai.exaone.rpc.TimeWire;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Events as the messages of {@code run.proto}: on the wire, and as JSON in the journal, which people can read and later versions extend. */
public final class RunEventMessages {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private RunEventMessages() {}

    /** The event as JSON, without sequence and time. */
    public static String toJson(RunEvent event) {
        try {
            return PRINTER.print(message(event).build());
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("An event has only fields that JSON has", impossible);
        }
    }

    /** The event that {@link #toJson} wrote. */
    public static RunEvent ofJson(String json) {
        var message = ai.exaone.proto.agents.v1.RunEvent.newBuilder();
        try {
            PARSER.merge(json, message);
        } catch (InvalidProtocolBufferException damaged) {
            throw new IllegalStateException("The journal has an event that is none", damaged);
        }
        return event(message.build());
    }

    /** The entry as the wire has it. */
    public static ai.exaone.proto.agents.v1.RunEvent toMessage(JournalEntry entry) {
        return message(entry.event())
                .setSequence(entry.sequence())
                .setTime(TimeWire.of(entry.time()))
                .build();
    }

    private static ai.exaone.proto.agents.v1.RunEvent.Builder message(RunEvent event) {
        var message = ai.exaone.proto.agents.v1.RunEvent.newBuilder();
        return switch (event) {
            case RunEvent.Started started -> message.setRunStarted(started(started));
            case RunEvent.ModelCallStarted call ->
                message.setModelCallStarted(ModelCallStarted.newBuilder()
                        .setStep(call.step())
                        .setModel(call.model())
                        .setRequestId(call.requestId())
                        .setAttempt(call.attempt()));
            case RunEvent.ModelCallCompleted answer -> message.setModelCallCompleted(completed(answer));
            case RunEvent.ModelCallFailed failed ->
                message.setModelCallFailed(ModelCallFailed.newBuilder()
                        .setStep(failed.step())
                        .setReason(failed.reason())
                        .setDetail(failed.detail())
                        .setRetrying(failed.retrying()));
            case RunEvent.ToolCallStarted started ->
                message.setToolCallStarted(ToolCallStarted.newBuilder()
                        .setStep(started.step())
                        .setCall(message(started.call()))
                        .setIdempotencyKey(started.idempotencyKey()));
            case RunEvent.ToolCallCompleted done ->
                message.setToolCallCompleted(ToolCallCompleted.newBuilder()
                        .setStep(done.step())
                        .setCallId(done.callId())
                        .setResult(done.result())
                        .setDurationMicros(done.duration().toNanos() / 1_000));
            case RunEvent.ToolCallFailed failed ->
                message.setToolCallFailed(ToolCallFailed.newBuilder()
                        .setStep(failed.step())
                        .setCallId(failed.callId())
                        .setReason(failed.reason())
                        .setDetail(failed.detail()));
            case RunEvent.Completed done ->
                message.setRunCompleted(RunCompleted.newBuilder().setOutput(done.output()));
            case RunEvent.Failed failed ->
                message.setRunFailed(
                        RunFailed.newBuilder().setReason(failed.reason()).setDetail(failed.detail()));
            case RunEvent.Cancelled cancelled ->
                message.setRunCancelled(RunCancelled.newBuilder().setCancelledBy(cancelled.by()));
        };
    }

    private static RunStarted.Builder started(RunEvent.Started started) {
        var message = RunStarted.newBuilder().setSpecificationDigest(started.specificationDigest());
        started.release().ifPresent(release -> message.setReleaseId(release.value()));
        started.input()
                .forEach(input -> message.addInput(ai.exaone.proto.agents.v1.InputMessage.newBuilder()
                        .setRole(input.role())
                        .setContent(input.content())));
        return message;
    }

    private static ModelCallCompleted.Builder completed(RunEvent.ModelCallCompleted answer) {
        var message = ModelCallCompleted.newBuilder()
                .setStep(answer.step())
                .setContent(answer.content())
                .setReasoning(answer.reasoning())
                .setInputTokens(answer.inputTokens())
                .setOutputTokens(answer.outputTokens())
                .setFinishReason(answer.finishReason());
        answer.toolCalls().forEach(call -> message.addToolCalls(message(call)));
        return message;
    }

    private static ai.exaone.proto.agents.v1.ToolCall message(ToolCall call) {
        return ai.exaone.proto.agents.v1.ToolCall.newBuilder()
                .setCallId(call.callId())
                .setName(call.name())
                .setArguments(call.arguments())
                .build();
    }

    private static RunEvent event(ai.exaone.proto.agents.v1.RunEvent message) {
        return switch (message.getEventCase()) {
            case RUN_STARTED -> started(message.getRunStarted());
            case MODEL_CALL_STARTED -> {
                var call = message.getModelCallStarted();
                yield new RunEvent.ModelCallStarted(
                        call.getStep(), call.getModel(), call.getRequestId(), call.getAttempt());
            }
            case MODEL_CALL_COMPLETED -> completed(message.getModelCallCompleted());
            case MODEL_CALL_FAILED -> {
                var failed = message.getModelCallFailed();
                yield new RunEvent.ModelCallFailed(
                        failed.getStep(), failed.getReason(), failed.getDetail(), failed.getRetrying());
            }
            case TOOL_CALL_STARTED -> {
                var call = message.getToolCallStarted();
                yield new RunEvent.ToolCallStarted(call.getStep(), toolCall(call.getCall()), call.getIdempotencyKey());
            }
            case TOOL_CALL_COMPLETED -> {
                var done = message.getToolCallCompleted();
                yield new RunEvent.ToolCallCompleted(
                        done.getStep(),
                        done.getCallId(),
                        done.getResult(),
                        Duration.ofNanos(done.getDurationMicros() * 1_000));
            }
            case TOOL_CALL_FAILED -> {
                var failed = message.getToolCallFailed();
                yield new RunEvent.ToolCallFailed(
                        failed.getStep(), failed.getCallId(), failed.getReason(), failed.getDetail());
            }
            case RUN_COMPLETED ->
                new RunEvent.Completed(message.getRunCompleted().getOutput());
            case RUN_FAILED ->
                new RunEvent.Failed(
                        message.getRunFailed().getReason(),
                        message.getRunFailed().getDetail());
            case RUN_CANCELLED ->
                new RunEvent.Cancelled(message.getRunCancelled().getCancelledBy());
            case EVENT_NOT_SET -> throw new IllegalStateException("The journal has an event of an unknown kind");
        };
    }

    private static RunEvent.Started started(RunStarted message) {
        List<InputMessage> input = message.getInputList().stream()
                .map(each -> new InputMessage(each.getRole(), each.getContent()))
                .toList();
        Optional<ReleaseId> release =
                Optional.of(message.getReleaseId()).filter(id -> !id.isEmpty()).map(ReleaseId::new);
        return new RunEvent.Started(input, release, message.getSpecificationDigest());
    }

    private static RunEvent.ModelCallCompleted completed(ModelCallCompleted answer) {
        return new RunEvent.ModelCallCompleted(
                answer.getStep(),
                answer.getContent(),
                answer.getReasoning(),
                answer.getToolCallsList().stream()
                        .map(RunEventMessages::toolCall)
                        .toList(),
                answer.getInputTokens(),
                answer.getOutputTokens(),
                answer.getFinishReason());
    }

    private static ToolCall toolCall(ai.exaone.proto.agents.v1.ToolCall call) {
        return new ToolCall(call.getCallId(), call.getName(), call.getArguments());
    }
}
