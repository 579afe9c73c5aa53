package ai.exaone.identity.token;

import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * A run that needs a token.
 *
 * @param owner who started it, {@code usr_…} or {@code key_…}
 * @param agentId {@code agt_…}
 * @param calledName the name by which the owner called the agent; empty where another agent called it
 * @param releaseId empty for a draft
 * @param runId {@code run_…}
 * @param models that the agent's specification names
 * @param depth how many agents are between the outer caller and the run
 */
record Run(
        TenantId tenantId,
        ProjectId projectId,
        String owner,
        String agentId,
        Optional<String> calledName,
        Optional<String> releaseId,
        String runId,
        List<String> models,
        int depth) {
    Run {
        models = List.copyOf(models);
    }
}
