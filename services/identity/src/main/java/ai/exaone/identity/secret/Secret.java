package ai.exaone.identity.secret;

import ai.exaone.identity.audit.Audited;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import java.time.Instant;
import java.util.Map;

/**
 * A secret, without its value.
 *
 * @param name unique in the project
 * @param updatedBy who set it last, {@code usr_…} or {@code key_…}
 */
public record Secret(
        TenantId tenantId, ProjectId projectId, String name, String updatedBy, Instant createdAt, Instant updatedAt)
        implements Audited {
    @Override
    public String auditTarget() {
        return projectId.value() + "/" + name;
    }

    @Override
    public Map<String, Object> auditValues() {
        return Map.of("project", projectId.value(), "name", name);
    }
}
