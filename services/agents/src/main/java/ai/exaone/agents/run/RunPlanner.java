package ai.exaone.agents.run;

import ai.exaone.agents.agent.AgentSpecification.RunLimits;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Decides what a run does next. Pure: from its state, its limits and what time it is. */
public final class RunPlanner {
    /** A model call is begun this often; then a run whose worker always dies in it ends, too. */
    static final int MODEL_ATTEMPTS = 5;

    private RunPlanner() {}

    /**
     * The next step.
     *
     * @param age how long the run has existed
     * @param cancelledBy who asked it to stop, if somebody did
     */
    public static Step next(RunState state, RunLimits limits, Duration age, Optional<String> cancelledBy) {
        if (state.ending().isPresent()) {
            return new Step.Nothing();
        }
        if (cancelledBy.isPresent()) {
            return new Step.End(new RunEvent.Cancelled(cancelledBy.get()));
        }
        if (state.modelFailure().isPresent()) {
            return new Step.End(state.modelFailure().get());
        }
        if (state.openToolCall().isPresent()) {
            var open = state.openToolCall().get();
            return new Step.ResumeTool(open.step(), open.call(), open.idempotencyKey());
        }
        if (state.waiting().isEmpty()
                && state.modelAttempt().isEmpty()
                && state.lastAnswer().isPresent()) {
            return new Step.End(new RunEvent.Completed(state.lastAnswer().get().content()));
        }
        return exceeded(state, limits, age).<Step>map(Step.End::new).orElseGet(() -> further(state));
    }

    private static Step further(RunState state) {
        if (!state.waiting().isEmpty()) {
            return new Step.CallTool(state.lastStep() + 1, state.waiting().getFirst());
        }
        if (state.modelAttempt().isEmpty()) {
            return new Step.CallModel(state.lastStep() + 1, 1);
        }
        var attempt = state.modelAttempt().get();
        return attempt.attempt() < MODEL_ATTEMPTS
                ? new Step.CallModel(attempt.step(), attempt.attempt() + 1)
                : end(
                        RunError.RUN_ATTEMPTS_EXCEEDED,
                        "The model was asked " + MODEL_ATTEMPTS + " times without an answer.");
    }

    private static Optional<RunEvent.Ending> exceeded(RunState state, RunLimits limits, Duration age) {
        if (age.compareTo(limits.duration()) >= 0) {
            return failed(
                    RunError.RUN_DURATION_EXCEEDED,
                    "The run took longer than its limit of " + words(limits.duration()) + ".");
        }
        if (state.steps() >= limits.steps()) {
            return failed(RunError.RUN_STEPS_EXCEEDED, "The run used all of its " + limits.steps() + " steps.");
        }
        if (state.inputTokens() + state.outputTokens() >= limits.tokens()) {
            return failed(RunError.RUN_TOKENS_EXCEEDED, "The run used all of its " + limits.tokens() + " tokens.");
        }
        return Optional.empty();
    }

    private static Optional<RunEvent.Ending> failed(RunError reason, String detail) {
        return Optional.of(new RunEvent.Failed(reason.name(), detail));
    }

    private static Step end(RunError reason, String detail) {
        return new Step.End(new RunEvent.Failed(reason.name(), detail));
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
