package ai.exaone.gateway.idempotency;

/**
 * Within what an idempotency key is unique: one caller of one project.
 *
 * @param subject who calls: {@code key_…}, {@code usr_…} or {@code run_…}
 */
public record CallerScope(String tenantId, String projectId, String subject) {
    /** The project alone. */
    public Project project() {
        return new Project(tenantId, projectId);
    }

    /** A tenant's project. */
    public record Project(String tenantId, String projectId) {}
}
