package ai.exaone.identity.project;

import ai.exaone.identity.audit.Audited;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import java.time.Instant;
import java.util.Map;

/**
 * A tenant's project.
 *
 * @param name short and unique in the tenant: lower-case letters, digits and hyphens; never changes
 * @param displayName shown to people
 */
public record Project(ProjectId id, TenantId tenantId, String name, String displayName, Instant createdAt)
        implements Audited {
    public Project withDisplayName(String text) {
        return new Project(id, tenantId, name, text, createdAt);
    }

    @Override
    public String auditTarget() {
        return id.value();
    }

    @Override
    public Map<String, Object> auditValues() {
        return Map.of("name", name, "displayName", displayName);
    }
}
