package ai.exaone.agents.agent;

import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be done with agents and their drafts. Thread-safe. */
public final class Agents {
    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final int DELETED_TOGETHER = 100;

    private final AgentStore store;
    private final SpecificationReader reader;
    private final IdGenerator ids;
    private final Clock clock;

    public Agents(AgentStore store, SpecificationReader reader, IdGenerator ids, Clock clock) {
        this.store = store;
        this.reader = reader;
        this.ids = ids;
        this.clock = clock;
    }

    /** An agent to be. */
    public record NewAgent(String name, String description, String createdBy) {}

    public Agent create(ProjectScope scope, NewAgent agent, Optional<CreationRequest> request) {
        if (!NAME.matcher(agent.name()).matches()) {
            throw PlatformException.because(AgentError.AGENT_NAME_INVALID, "An agent has a name.")
                    .violation("agent.name", "1 to 63 lower-case letters, digits and hyphens, beginning with a letter")
                    .build();
        }
        Instant now = clock.instant();
        var id = new AgentId(ids.next("agt"));
        return store.create(
                new Agent(scope, id, agent.name(), agent.description(), Optional.empty(), agent.createdBy(), now, now),
                request);
    }

    /**
     * @throws PlatformException AGENT_NOT_FOUND
     */
    public Agent require(ProjectScope scope, AgentId id) {
        return store.find(scope, id).orElseThrow(Agents::missing);
    }

    /**
     * @param name only the agent of this name; empty text for all
     */
    public Page<Agent> list(ProjectScope scope, String name, PageRequest page) {
        if (!name.isEmpty()) {
            return Page.whole(store.findByName(scope, name).stream().toList());
        }
        return Page.of(page, store.list(scope, page.after(NAME), page.rows()), agent -> PageToken.of(agent.name()));
    }

    public Agent describe(ProjectScope scope, AgentId id, String description) {
        return store.describe(scope, id, description, clock.instant()).orElseThrow(Agents::missing);
    }

    public void delete(ProjectScope scope, AgentId id) {
        if (!store.delete(scope, id, clock.instant())) {
            throw missing();
        }
    }

    /** Deletes every agent of a project. */
    public void deleteAll(ProjectScope scope) {
        List<Agent> agents = store.list(scope, Optional.empty(), DELETED_TOGETHER);
        while (!agents.isEmpty()) {
            // One that somebody else deleted meanwhile is gone, which is what is wanted.
            agents.forEach(agent -> store.delete(scope, agent.id(), clock.instant()));
            agents = store.list(scope, Optional.empty(), DELETED_TOGETHER);
        }
    }

    /**
     * Stores a working copy after checking it.
     *
     * @throws PlatformException SPECIFICATION_INVALID, AGENT_NOT_FOUND
     */
    public Draft putDraft(ProjectScope scope, AgentId id, String specification, String by) {
        Agent agent = require(scope, id);
        String digest = reader.read(specification, agent.name()).digest();
        var draft = new Draft(id, specification, digest, by, clock.instant());
        if (!store.putDraft(scope, draft)) {
            throw missing();
        }
        return draft;
    }

    /**
     * @throws PlatformException AGENT_NOT_FOUND, DRAFT_NOT_FOUND
     */
    public Draft requireDraft(ProjectScope scope, AgentId id) {
        require(scope, id);
        return store.draft(scope, id)
                .orElseThrow(() -> new PlatformException(AgentError.DRAFT_NOT_FOUND, "The agent has no draft."));
    }

    static PlatformException missing() {
        return new PlatformException(AgentError.AGENT_NOT_FOUND, "The project has no such agent.");
    }
}
