package ai.exaone.agents.agent;

/**
 * The project that a request is about. Every store method takes the tenant from here.
 *
 * @param tenantId {@code tnt_…}
 * @param projectId {@code prj_…}
 */
public record ProjectScope(String tenantId, String projectId) {
    public ProjectScope {
        if (tenantId.isEmpty() || projectId.isEmpty()) {
            throw new IllegalArgumentException("A scope names a tenant and a project");
        }
    }
}
