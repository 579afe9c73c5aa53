package ai.exaone.agents.agent;

import java.time.Instant;
import java.util.Optional;

/**
 * An agent.
 *
 * @param name unique in its project; callers use {@code agent/NAME}
 * @param deployedRelease the release that calls go to; empty before the first deployment
 */
public record Agent(
        ProjectScope scope,
        AgentId id,
        String name,
        String description,
        Optional<ReleaseId> deployedRelease,
        String createdBy,
        Instant createdAt,
        Instant updatedAt) {}
