package ai.exaone.agents.chat;

import ai.exaone.agents.run.JournalEntry;
import ai.exaone.agents.run.Run;
import ai.exaone.agents.run.RunEvent;
import ai.exaone.agents.run.RunFeed.Delta;
import ai.exaone.agents.run.RunWatch;
import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.errors.ReceivedReason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Turns the events of one run into one answer. A streamed answer has the text of every model call as it is made, those that lead to
 * tool calls too; an answer in one piece is the run's output. Nothing is sent before the first text, so that a run that fails before
 * has its own status. Text that was sent is never made again: a call that is repeated after a part of its text was sent ends the answer.
 */
final class Answering implements RunWatch.Watcher {
    private static final String BETWEEN_STEPS = "\n\n";

    private final ChatRequest request;
    private final AnswerStream stream;
    private final ChatAnswer answer;
    private final Run run;
    private final Supplier<Run> current;
    private boolean opened;
    private int sentStep;
    /** How much of the text of {@link #sentStep} was sent, in characters. */
    private int sentCharacters;

    private String finishReason = "stop";

    /**
     * @param current the run as it is now
     */
    Answering(Run run, ChatRequest request, AnswerStream stream, Supplier<Run> current) {
        this.run = run;
        this.request = request;
        this.stream = stream;
        this.answer = new ChatAnswer(run);
        this.current = current;
    }

    @Override
    public void delta(Delta delta) throws InterruptedException {
        int sent = delta.step() == sentStep ? sentCharacters : 0;
        // A piece behind one that was missed waits for the whole text.
        if (request.stream() && delta.offset() == sent) {
            send(delta.step(), delta.content());
        }
    }

    @Override
    public void event(JournalEntry entry) throws InterruptedException {
        switch (entry.event()) {
            case RunEvent.ModelCallStarted call -> {
                if (call.step() == sentStep && sentCharacters > 0) {
                    throw new PlatformException(ChatError.ANSWER_INTERRUPTED, "The model's answer broke off.");
                }
            }
            case RunEvent.ModelCallCompleted completed -> {
                finishReason = completed.finishReason().equals("length") ? "length" : "stop";
                sendRest(completed);
            }
            case RunEvent.Completed(String output) -> complete(output);
            case RunEvent.Failed(String reason, String detail) -> fail(failure(reason, detail));
            case RunEvent.Cancelled _ -> fail(failure("RUN_CANCELLED", "The run was cancelled."));
            case RunEvent.Started _,
                    RunEvent.ModelCallFailed _,
                    RunEvent.ToolCallStarted _,
                    RunEvent.ToolCallCompleted _,
                    RunEvent.ToolCallFailed _ -> {}
        }
    }

    @Override
    public boolean gone() {
        return stream.gone();
    }

    /** Ends the answer with a failure: as a status where nothing was sent yet, else as the stream's last event. */
    void fail(PlatformException failure) throws InterruptedException {
        var told = ChatFailure.of(failure);
        if (opened) {
            stream.body(told.event());
            return;
        }
        Map<String, String> headers = new HashMap<>(told.headers());
        headers.put(AgentInferenceEndpoint.RUN_HEADER, run.id().value());
        stream.head(told.status(), headers);
        stream.body(told.bytes());
    }

    /** Pieces are seen only where they are made in this process, and some may be missed: what is missing comes at once. */
    private void sendRest(RunEvent.ModelCallCompleted completed) throws InterruptedException {
        int sent = completed.step() == sentStep ? sentCharacters : 0;
        if (request.stream() && sent < completed.content().length()) {
            send(completed.step(), completed.content().substring(sent));
        }
    }

    private void send(int step, String content) throws InterruptedException {
        if (content.isEmpty()) {
            return;
        }
        open();
        if (step != sentStep) {
            if (sentStep != 0) {
                stream.body(answer.piece(BETWEEN_STEPS));
            }
            sentStep = step;
            sentCharacters = 0;
        }
        sentCharacters += content.length();
        stream.body(answer.piece(content));
    }

    private void complete(String output) throws InterruptedException {
        Run ended = current.get();
        if (!request.stream()) {
            stream.head(200, headers("application/json"));
            stream.body(answer.completion(output, finishReason, ended));
            return;
        }
        open();
        stream.body(answer.closing(finishReason));
        if (request.usage()) {
            stream.body(answer.usage(ended));
        }
        stream.body(ChatAnswer.DONE);
    }

    private void open() throws InterruptedException {
        if (!opened) {
            opened = true;
            stream.head(200, headers("text/event-stream"));
            stream.body(answer.opening());
        }
    }

    private Map<String, String> headers(String type) {
        return Map.of(
                "content-type",
                type,
                AgentInferenceEndpoint.RUN_HEADER,
                run.id().value());
    }

    private static PlatformException failure(String reason, String detail) {
        return new PlatformException(
                new ReceivedReason(reason, category(reason), false), detail.isBlank() ? "The run failed." : detail);
    }

    private static ErrorCategory category(String reason) {
        return Optional.of(reason).flatMap(RunReasons::category).orElse(ErrorCategory.INTERNAL);
    }
}
