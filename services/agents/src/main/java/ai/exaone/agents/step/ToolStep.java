package ai.exaone.agents.step;

import ai.exaone.agents.run.OpenRun;
import ai.exaone.agents.run.RunEvent;
import ai.exaone.agents.run.RunEvent.ToolCall;
import ai.exaone.agents.run.Step;
import ai.exaone.agents.tool.ResultText;
import ai.exaone.agents.tool.Tool;
import ai.exaone.agents.tool.ToolCallRequest;
import ai.exaone.agents.tool.ToolError;
import ai.exaone.agents.tool.Toolbox;
import ai.exaone.errors.PlatformException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a tool. That it is called is journalled before, with the key under which the tool may recognise a repeated call. A call of
 * which only that is known is made again if the tool is declared to allow it; if not, the model is told that nobody knows.
 */
final class ToolStep {
    private static final Logger LOG = LoggerFactory.getLogger(ToolStep.class);
    /** How much of an answer the model is shown, in characters. */
    private static final int SHOWN = 32_000;

    private final Clock clock;

    ToolStep(Clock clock) {
        this.clock = clock;
    }

    void call(OpenRun run, Step.CallTool step, Supplier<Toolbox> toolbox) {
        run.pass().token();
        // Made of nothing that the model wrote, so that a repeated call has the same key whatever it wrote.
        String key = run.run().id() + "-" + step.step();
        run.append(new RunEvent.ToolCallStarted(step.step(), step.call(), key));
        carryOut(run, step.step(), step.call(), key, toolbox);
    }

    void resume(OpenRun run, Step.ResumeTool step, Supplier<Toolbox> toolbox) {
        run.pass().token();
        if (repeatable(step.call(), toolbox)) {
            carryOut(run, step.step(), step.call(), step.idempotencyKey(), toolbox);
        } else {
            run.append(
                    new RunEvent.ToolCallFailed(
                            step.step(),
                            step.call().callId(),
                            ToolError.TOOL_OUTCOME_UNKNOWN.name(),
                            "The platform stopped in the middle of this call. It may or may not have had its effect, and was not repeated."));
        }
    }

    private static boolean repeatable(ToolCall call, Supplier<Toolbox> toolbox) {
        try {
            return toolbox.get().require(call.name()).repeatable();
        } catch (PlatformException failure) {
            // A tool that does not exist was never called: carrying it out says so. What cannot be asked for is not
            // repeated.
            return failure.reason() == ToolError.TOOL_UNKNOWN;
        }
    }

    private void carryOut(OpenRun run, int step, ToolCall call, String key, Supplier<Toolbox> toolbox) {
        long begin = System.nanoTime();
        RunEvent outcome;
        try {
            Toolbox open = toolbox.get();
            Tool tool = open.require(call.name());
            var left = Duration.between(clock.instant(), run.deadline());
            var request = new ToolCallRequest(
                    open.check(tool, call.arguments()), key, left.isPositive() ? left : Duration.ofMillis(1));
            String result = ResultText.cut(tool.call(request), SHOWN);
            outcome = new RunEvent.ToolCallCompleted(
                    step, call.callId(), result, Duration.ofNanos(System.nanoTime() - begin));
        } catch (PlatformException failure) {
            if (run.stop().left()) {
                // Cut off with the worker: whoever has the run next settles the call.
                return;
            }
            LOG.info(
                    "Tool {} of run {} failed: {}",
                    call.name(),
                    run.run().id(),
                    failure.reason().name());
            outcome = new RunEvent.ToolCallFailed(
                    step, call.callId(), failure.reason().name(), ResultText.cut(failure.publicMessage(), SHOWN));
        }
        run.append(outcome);
    }
}
