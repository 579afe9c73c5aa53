package ai.exaone.agents.run;

import ai.exaone.agents.agent.Agent;
import ai.exaone.agents.agent.AgentError;
import ai.exaone.agents.agent.AgentId;
import ai.exaone.agents.agent.Agents;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.ReleaseId;
import ai.exaone.agents.agent.Releases;
import ai.exaone.agents.run.RunEvent.InputMessage;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be done with runs from outside. Thread-safe. */
public final class Runs {
    /** Most agents between the outer caller and a run. */
    static final int DEEPEST = 4;

    private static final Pattern ID = Pattern.compile("run_[0-9a-hjkmnp-tv-z]{26}");

    private final Catalogue catalogue;
    private final RunStore store;
    private final RunWorker worker;
    private final RunFeed feed;
    private final IdGenerator ids;
    private final Clock clock;

    /** Where agents and their releases are found. */
    public record Catalogue(Agents agents, Releases releases) {}

    public Runs(Catalogue catalogue, RunStore store, RunWorker worker, RunFeed feed, IdGenerator ids, Clock clock) {
        this.catalogue = catalogue;
        this.store = store;
        this.worker = worker;
        this.feed = feed;
        this.ids = ids;
        this.clock = clock;
    }

    /** Which specification of an agent is run. */
    public sealed interface Source {
        /** That which the agent's calls go to. */
        record Deployed() implements Source {}

        /** A certain release. */
        record OfRelease(ReleaseId release) implements Source {}

        /** The draft as it is now. */
        record OfDraft() implements Source {}
    }

    /**
     * Who starts a run.
     *
     * @param subject {@code usr_…}, {@code key_…}, or {@code run_…} for an agent that calls this one
     * @param models what the caller is limited to, agents by {@code agent/NAME}; empty when it is not
     * @param depth how many agents are between the outer caller and the run
     */
    public record Caller(String subject, List<String> models, int depth) {
        public Caller {
            models = List.copyOf(models);
        }

        private boolean mayCall(Agent agent) {
            return models.isEmpty() || models.contains("agent/" + agent.name());
        }
    }

    /**
     * Starts a run.
     *
     * @throws PlatformException AGENT_NOT_FOUND, RELEASE_NOT_FOUND, DRAFT_NOT_FOUND, AGENT_NOT_DEPLOYED, RUN_INPUT_INVALID,
     *     RUN_AGENT_NOT_ALLOWED, RUN_TOO_DEEP, REQUEST_ID_REUSED
     */
    public Run create(
            ProjectScope scope,
            AgentId agentId,
            Source source,
            List<InputMessage> input,
            Caller caller,
            Optional<CreationRequest> request) {
        Optional<Run> earlier = request.flatMap(given -> store.made(scope, given));
        if (earlier.isPresent()) {
            // What it began with may have changed or gone since.
            return earlier.get();
        }
        requireInput(input);
        Agent agent = catalogue.agents().require(scope, agentId);
        if (!caller.mayCall(agent)) {
            throw new PlatformException(
                    RunError.RUN_AGENT_NOT_ALLOWED,
                    "The key is limited to models, and agent/" + agent.name() + " is not among them.");
        }
        Chosen chosen = choose(scope, agent, source);
        var run = new Run(
                scope,
                new RunId(ids.next("run")),
                agentId,
                agent.name(),
                chosen.release(),
                chosen.digest(),
                owner(scope, caller),
                Run.Phase.QUEUED,
                1,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                clock.instant(),
                Optional.empty());
        var started = new RunEvent.Started(input, chosen.release(), chosen.digest());
        Run stored = store.create(new RunStore.NewRun(run, started, chosen.specification(), request));
        worker.wake();
        return stored;
    }

    /**
     * @throws PlatformException RUN_NOT_FOUND
     */
    public Run require(ProjectScope scope, RunId id) {
        return store.find(scope, id).orElseThrow(Runs::missing);
    }

    public Page<Run> list(ProjectScope scope, RunStore.Filter filter, PageRequest page) {
        return Page.of(
                page,
                store.list(scope, filter, page.after(ID).map(RunId::new), page.rows()),
                run -> PageToken.of(run.id().value()));
    }

    /**
     * Asks a run to stop. Nothing happens to one that has ended.
     *
     * @throws PlatformException RUN_NOT_FOUND
     */
    public Run cancel(ProjectScope scope, RunId id, String by) {
        Run run = store.cancel(scope, id, by).orElseThrow(Runs::missing);
        worker.cancel(id, by);
        feed.appended(id, run.lastSequence());
        return run;
    }

    /** Asks all of a project's runs that have not ended to stop. */
    public void cancelAll(ProjectScope scope, String by) {
        store.open(scope).forEach(id -> cancel(scope, id, by));
    }

    static PlatformException missing() {
        return new PlatformException(RunError.RUN_NOT_FOUND, "The project has no such run.");
    }

    private record Chosen(Optional<ReleaseId> release, String specification, String digest) {}

    private Chosen choose(ProjectScope scope, Agent agent, Source source) {
        return switch (source) {
            case Source.Deployed _ ->
                release(
                        scope,
                        agent,
                        agent.deployedRelease()
                                .orElseThrow(() -> PlatformException.because(
                                                AgentError.AGENT_NOT_DEPLOYED,
                                                "The agent " + agent.name() + " has no deployed release.")
                                        .metadata("agent", agent.name())
                                        .build()));
            case Source.OfRelease(ReleaseId release) -> release(scope, agent, release);
            case Source.OfDraft _ -> {
                var draft = catalogue.agents().requireDraft(scope, agent.id());
                yield new Chosen(Optional.empty(), draft.specification(), draft.digest());
            }
        };
    }

    private Chosen release(ProjectScope scope, Agent agent, ReleaseId id) {
        var release = catalogue.releases().require(scope, agent.id(), id);
        return new Chosen(Optional.of(id), release.specification(), release.digest());
    }

    /** A run started by a run acts for whoever started the first of them. */
    private Run.Owner owner(ProjectScope scope, Caller caller) {
        if (caller.depth() > DEEPEST) {
            throw new PlatformException(
                    RunError.RUN_TOO_DEEP, "Agents call agents at most " + (DEEPEST + 1) + " deep.");
        }
        if (!ID.matcher(caller.subject()).matches()) {
            return new Run.Owner(caller.subject(), caller.subject(), caller.depth());
        }
        Run calling = store.findOfTenant(scope.tenantId(), new RunId(caller.subject()))
                .orElseThrow(Runs::missing);
        return new Run.Owner(
                caller.subject(),
                calling.owner().principal(),
                Math.max(caller.depth(), calling.owner().depth() + 1));
    }

    private static void requireInput(List<InputMessage> input) {
        boolean endsWithUser = !input.isEmpty() && input.getLast().role().equals("user");
        if (!endsWithUser) {
            throw PlatformException.because(
                            RunError.RUN_INPUT_INVALID, "The conversation ends with a message of the user.")
                    .violation("input", "its last message has the role user")
                    .build();
        }
        for (int index = 0; index < input.size(); index++) {
            if (input.get(index).content().isBlank()) {
                throw PlatformException.because(RunError.RUN_INPUT_INVALID, "A message has content.")
                        .violation("input[" + index + "].content", "is empty")
                        .build();
            }
        }
    }
}
