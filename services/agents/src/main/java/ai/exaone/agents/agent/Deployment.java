package ai.exaone.agents.agent;

import java.time.Instant;

/**
 * A stretch of time in which an agent's calls went to one release.
 *
 * @param number within the agent, from 1
 * @param previous the deployment that a rollback of this one returns to; 0 for none
 */
public record Deployment(
        AgentId agentId, int number, ReleaseId release, int previous, String deployedBy, Instant deployedAt) {}
