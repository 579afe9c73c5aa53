package ai.exaone.gateway.idempotency;

import ai.exaone.gateway.auth.ProjectScope;

/**
 * Within what an idempotency key is unique: one caller of one project.
 *
 * @param subject who calls: {@code key_…}, {@code usr_…} or {@code run_…}
 */
public record CallerScope(String tenantId, String projectId, String subject) {
    /** The project alone. */
    public ProjectScope project() {
        return new ProjectScope(tenantId, projectId);
    }
}
