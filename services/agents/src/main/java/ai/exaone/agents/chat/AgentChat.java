package ai.exaone.agents.chat;

import ai.exaone.agents.agent.Agent;
import ai.exaone.agents.agent.Agents;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.run.Run;
import ai.exaone.agents.run.RunWatch;
import ai.exaone.agents.run.Runs;
import ai.exaone.errors.PlatformException;
import ai.exaone.store.paging.PageRequest;
import java.util.Optional;

/** Answers chat completions with runs: one call, one run. Thread-safe. */
public final class AgentChat {
    private final Agents agents;
    private final Runs runs;
    private final RunWatch watch;

    public AgentChat(Agents agents, Runs runs, RunWatch watch) {
        this.agents = agents;
        this.runs = runs;
        this.watch = watch;
    }

    /**
     * Starts the run that answers.
     *
     * @throws PlatformException MODEL_NOT_FOUND where the project has no such agent, or it is not deployed
     */
    Run start(ProjectScope scope, ChatRequest request, Runs.Caller caller) {
        Agent agent = agents.list(scope, request.agent(), PageRequest.first(1)).items().stream()
                .filter(found -> found.deployedRelease().isPresent())
                .findFirst()
                .orElseThrow(() -> new PlatformException(
                        ChatError.MODEL_NOT_FOUND,
                        "The model agent/" + request.agent() + " does not exist, or is not deployed."));
        return runs.create(scope, agent.id(), new Runs.Source.Deployed(), request.messages(), caller, Optional.empty());
    }

    /** Follows the run and writes its answer. Where the caller leaves, the run is cancelled. */
    void answer(Run run, ChatRequest request, AnswerStream stream, Runs.Caller caller) throws InterruptedException {
        var answering = new Answering(run, request, stream, () -> runs.require(run.scope(), run.id()));
        stream.onGone(() -> runs.cancel(run.scope(), run.id(), caller.subject()));
        try {
            watch.follow(run.scope(), run.id(), 0, answering);
        } catch (PlatformException failure) {
            runs.cancel(run.scope(), run.id(), caller.subject());
            answering.fail(failure);
        }
    }
}
