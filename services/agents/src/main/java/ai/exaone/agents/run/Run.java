package ai.exaone.agents.run;

import ai.exaone.agents.agent.AgentId;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.ReleaseId;
import java.time.Instant;
import java.util.Optional;

/**
 * A run, as its row summarises it. The journal is the truth; the row is written with it.
 *
 * @param agentName the agent's name when the run began
 * @param release empty for a draft
 * @param owner who started it, and for whom it acts
 * @param lastSequence sequence of its newest event
 * @param ending how it ended
 * @param cancelledBy who asked it to stop, if somebody did
 */
public record Run(
        ProjectScope scope,
        RunId id,
        AgentId agentId,
        String agentName,
        Optional<ReleaseId> release,
        String specificationDigest,
        Owner owner,
        Phase phase,
        long lastSequence,
        int steps,
        long inputTokens,
        long outputTokens,
        Optional<RunEvent.Ending> ending,
        Optional<String> cancelledBy,
        Instant createdAt,
        Optional<Instant> endedAt) {
    /** What a run is doing. */
    public enum Phase {
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /**
     * Who a run acts for.
     *
     * @param subject who started it: {@code usr_…}, {@code key_…}, or {@code run_…} where an agent called this one
     * @param principal the person or key at the beginning of the chain: identity is asked about it for each lease
     * @param depth how many agents are between the outer caller and this run
     */
    public record Owner(String subject, String principal, int depth) {
        /** Whether the principal called the agent, and not another agent. */
        boolean called() {
            return subject.equals(principal);
        }
    }
}
