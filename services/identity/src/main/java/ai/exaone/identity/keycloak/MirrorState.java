package ai.exaone.identity.keycloak;

import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import java.util.Optional;

/** What Keycloak shall mirror, as it is now. Thread-safe. */
public interface MirrorState {
    /**
     * One person and one tenant.
     *
     * @param subject the person's account
     * @param member whether the person is a member of the tenant
     */
    record Membership(String subject, boolean member) {}

    /** The organization that a tenant shall be. */
    Optional<Organization> organization(TenantId tenantId);

    /** Whether somebody shall be a member; empty for somebody never heard of. */
    Optional<Membership> membership(TenantId tenantId, UserId userId);
}
