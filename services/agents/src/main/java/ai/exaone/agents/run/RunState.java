package ai.exaone.agents.run;

import ai.exaone.agents.run.RunEvent.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a journal amounts to. A pure fold: the same entries give the same state, in every process and at every time.
 *
 * @param sequence that of the newest event; 0 before the first
 * @param conversation all turns so far
 * @param lastStep number of the newest step begun
 * @param steps steps finished
 * @param inputTokens of all model calls
 * @param outputTokens of all model calls
 * @param modelAttempt the model call that was begun and has no answer yet
 * @param waiting tool calls that the model wants and that have not begun, in its order
 * @param openToolCall the tool call that was begun and has no outcome yet
 * @param modelFailure the failure of a model call that ends the run
 * @param ending the last event, once there is one
 */
public record RunState(
        long sequence,
        List<Turn> conversation,
        int lastStep,
        int steps,
        long inputTokens,
        long outputTokens,
        Optional<ModelAttempt> modelAttempt,
        List<ToolCall> waiting,
        Optional<OpenToolCall> openToolCall,
        Optional<RunEvent.Failed> modelFailure,
        Optional<RunEvent.Ending> ending) {
    /** The state before the first event. */
    public static final RunState EMPTY = new RunState(
            0,
            List.of(),
            0,
            0,
            0,
            0,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * A model call without an answer: under way, cut off, or failed and to be tried again.
     *
     * @param attempt which try of the step it was, from 1
     */
    public record ModelAttempt(int step, int attempt) {}

    /** A tool call without an outcome. */
    public record OpenToolCall(int step, ToolCall call, String idempotencyKey) {}

    public RunState {
        conversation = List.copyOf(conversation);
        waiting = List.copyOf(waiting);
    }

    /**
     * The state after these entries.
     *
     * @throws IllegalStateException if they are not a journal: a gap, or an event that cannot follow the one before it
     */
    public static RunState fold(List<JournalEntry> entries) {
        RunState state = EMPTY;
        for (JournalEntry entry : entries) {
            if (entry.sequence() != state.sequence + 1) {
                throw new IllegalStateException("The journal jumps from " + state.sequence + " to " + entry.sequence());
            }
            state = state.after(entry.event());
        }
        return state;
    }

    /** The state after one more event. */
    public RunState after(RunEvent event) {
        if (ending.isPresent() || (sequence == 0) != (event instanceof RunEvent.Started)) {
            throw new IllegalStateException(event.getClass().getSimpleName() + " cannot follow event " + sequence);
        }
        var next = new Draft(this);
        next.sequence++;
        switch (event) {
            case RunEvent.Started started ->
                started.input()
                        .forEach(message -> next.conversation.add(new Turn.Asked(message.role(), message.content())));
            case RunEvent.ModelCallStarted call -> {
                next.lastStep = call.step();
                next.modelAttempt = Optional.of(new ModelAttempt(call.step(), call.attempt()));
            }
            case RunEvent.ModelCallCompleted answer -> {
                next.finishStep();
                next.inputTokens += answer.inputTokens();
                next.outputTokens += answer.outputTokens();
                next.waiting.addAll(answer.toolCalls());
                next.conversation.add(new Turn.Answered(answer.content(), answer.toolCalls()));
            }
            case RunEvent.ModelCallFailed failed -> {
                if (!failed.retrying()) {
                    next.modelFailure = Optional.of(new RunEvent.Failed(failed.reason(), failed.detail()));
                }
            }
            case RunEvent.ToolCallStarted started -> {
                next.lastStep = started.step();
                next.waiting.remove(started.call());
                next.openToolCall =
                        Optional.of(new OpenToolCall(started.step(), started.call(), started.idempotencyKey()));
            }
            case RunEvent.ToolCallCompleted completed -> next.closeToolCall(completed.result(), false);
            case RunEvent.ToolCallFailed failed -> next.closeToolCall(failed.reason() + ": " + failed.detail(), true);
            case RunEvent.Ending last -> next.ending = Optional.of(last);
        }
        return next.finished();
    }

    /** The model's newest answer, if it is what the conversation ends with. */
    public Optional<Turn.Answered> lastAnswer() {
        return !conversation.isEmpty() && conversation.getLast() instanceof Turn.Answered answer
                ? Optional.of(answer)
                : Optional.empty();
    }

    /** The next state while it is being made. */
    private static final class Draft {
        private final List<Turn> conversation;
        private final List<ToolCall> waiting;
        private long sequence;
        private int lastStep;
        private int steps;
        private long inputTokens;
        private long outputTokens;
        private Optional<ModelAttempt> modelAttempt;
        private Optional<OpenToolCall> openToolCall;
        private Optional<RunEvent.Failed> modelFailure;
        private Optional<RunEvent.Ending> ending;

        private Draft(RunState state) {
            conversation = new ArrayList<>(state.conversation);
            waiting = new ArrayList<>(state.waiting);
            sequence = state.sequence;
            lastStep = state.lastStep;
            steps = state.steps;
            inputTokens = state.inputTokens;
            outputTokens = state.outputTokens;
            modelAttempt = state.modelAttempt;
            openToolCall = state.openToolCall;
            modelFailure = state.modelFailure;
            ending = state.ending;
        }

        private void finishStep() {
            steps++;
            modelAttempt = Optional.empty();
        }

        private void closeToolCall(String text, boolean failed) {
            OpenToolCall open =
                    openToolCall.orElseThrow(() -> new IllegalStateException("A tool call ends that did not begin"));
            conversation.add(new Turn.ToolAnswered(open.call(), text, failed));
            openToolCall = Optional.empty();
            steps++;
        }

        private RunState finished() {
            return new RunState(
                    sequence,
                    conversation,
                    lastStep,
                    steps,
                    inputTokens,
                    outputTokens,
                    modelAttempt,
                    waiting,
                    openToolCall,
                    modelFailure,
                    ending);
        }
    }
}
