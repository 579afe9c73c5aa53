package ai.exaone.agents.agent;

import java.time.Instant;

/**
 * The working copy of an agent's specification.
 *
 * @param specification as written
 * @param digest of its meaning
 */
public record Draft(AgentId agentId, String specification, String digest, String updatedBy, Instant updatedAt) {}
