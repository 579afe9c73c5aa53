package ai.exaone.agents.agent;

import java.time.Instant;

/**
 * An immutable specification.
 *
 * @param number within the agent, from 1
 * @param specification as written
 * @param digest of its meaning; an agent has one release of each
 */
public record Release(
        ReleaseId id,
        AgentId agentId,
        int number,
        String specification,
        String digest,
        String note,
        String createdBy,
        Instant createdAt) {}
