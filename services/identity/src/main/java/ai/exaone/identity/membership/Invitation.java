package ai.exaone.identity.membership;

import ai.exaone.identity.audit.Audited;
import ai.exaone.identity.id.InvitationId;
import ai.exaone.identity.id.TenantId;
import java.time.Instant;
import java.util.Map;

/**
 * An invitation into a tenant.
 *
 * @param email in lower case
 * @param invitedBy {@code usr_…} or {@code key_…}
 */
public record Invitation(
        InvitationId id,
        TenantId tenantId,
        String email,
        Role role,
        String invitedBy,
        Instant createdAt,
        Instant expiresAt)
        implements Audited {
    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    @Override
    public String auditTarget() {
        return id.value();
    }

    @Override
    public Map<String, Object> auditValues() {
        return Map.of("email", email, "role", role.name(), "expireTime", expiresAt.toString());
    }
}
