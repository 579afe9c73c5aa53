package ai.exaone.agents.step;

import ai.exaone.agents.model.ModelCaller;
import ai.exaone.agents.run.OpenRun;
import ai.exaone.agents.run.Step;
import ai.exaone.agents.run.Steps;
import ai.exaone.agents.tool.Toolbox;
import ai.exaone.agents.tool.Toolboxes;
import ai.exaone.ids.IdGenerator;
import java.time.Clock;
import java.util.Optional;

/** The steps of one open run, which share its tools. For one thread. */
public final class RunSteps implements Steps {
    private final OpenRun run;
    private final Toolboxes toolboxes;
    private final ModelStep modelStep;
    private final ToolStep toolStep;
    private Optional<Toolbox> toolbox = Optional.empty();

    /** The steps of all runs. */
    public static Source source(ModelCaller models, Toolboxes toolboxes, IdGenerator ids, Clock clock) {
        return run -> new RunSteps(run, new ModelStep(models, ids, clock), new ToolStep(clock), toolboxes);
    }

    private RunSteps(OpenRun run, ModelStep modelStep, ToolStep toolStep, Toolboxes toolboxes) {
        this.run = run;
        this.modelStep = modelStep;
        this.toolStep = toolStep;
        this.toolboxes = toolboxes;
    }

    @Override
    public void callModel(Step.CallModel step) {
        modelStep.call(run, step, this::toolbox);
    }

    @Override
    public void callTool(Step.CallTool step) {
        toolStep.call(run, step, this::toolbox);
    }

    @Override
    public void resumeTool(Step.ResumeTool step) {
        toolStep.resume(run, step, this::toolbox);
    }

    /** Opened at its first use: a run that only ends asks no server. */
    private Toolbox toolbox() {
        if (toolbox.isEmpty()) {
            toolbox = Optional.of(toolboxes.open(run.run().scope(), run.specification()));
        }
        return toolbox.get();
    }

    @Override
    public void close() {
        toolbox.ifPresent(Toolbox::close);
    }
}
