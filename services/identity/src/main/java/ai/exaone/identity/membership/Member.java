package ai.exaone.identity.membership;

import ai.exaone.identity.audit.Audited;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import java.time.Instant;
import java.util.Map;

/**
 * A person in a tenant.
 *
 * @param email in lower case; empty for an account without one
 */
public record Member(TenantId tenantId, UserId userId, String email, String displayName, Role role, Instant joinedAt)
        implements Audited {
    public Member withRole(Role next) {
        return new Member(tenantId, userId, email, displayName, next, joinedAt);
    }

    @Override
    public String auditTarget() {
        return userId.value();
    }

    @Override
    public Map<String, Object> auditValues() {
        return Map.of("email", email, "role", role.name());
    }
}
