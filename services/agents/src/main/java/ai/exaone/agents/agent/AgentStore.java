package ai.exaone.agents.agent;

import ai.exaone.store.creation.CreationRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps agents and their drafts. Every method sees one project, and only agents that are not deleted. Writes are audited. */
public interface AgentStore {
    /**
     * Stores an agent.
     *
     * @return the agent; where the same request created it before, that one as it is now
     * @throws ai.exaone.errors.PlatformException AGENT_EXISTS if the name is taken, REQUEST_ID_REUSED
     */
    Agent create(Agent agent, Optional<CreationRequest> request);

    Optional<Agent> find(ProjectScope scope, AgentId id);

    Optional<Agent> findByName(ProjectScope scope, String name);

    /** Agents by name. */
    List<Agent> list(ProjectScope scope, Optional<String> afterName, int limit);

    /** Changes the description; empty if there is no such agent. */
    Optional<Agent> describe(ProjectScope scope, AgentId id, String description, Instant now);

    /** Deletes an agent; false if there is none. Its name is free then, and its runs stay. */
    boolean delete(ProjectScope scope, AgentId id, Instant now);

    /** Stores the draft in place of the one before; false if there is no such agent. */
    boolean putDraft(ProjectScope scope, Draft draft);

    Optional<Draft> draft(ProjectScope scope, AgentId id);
}
