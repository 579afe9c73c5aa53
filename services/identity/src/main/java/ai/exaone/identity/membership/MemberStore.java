package ai.exaone.identity.membership;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.util.List;
import java.util.Optional;

/**
 * Keeps who is a member of which tenant. Writes to one tenant's memberships happen one after another, whoever makes them, and each
 * records its act in the same transaction. Thread-safe.
 */
public interface MemberStore {
    /** A tenant's members, by email, those without one first. */
    Page<Member> list(TenantId tenantId, PageRequest page);

    Optional<Role> roleOf(TenantId tenantId, UserId userId);

    /** A person's tenants, by name, suspended ones included; at most so many. */
    List<TenantMembership> ofPerson(UserId userId, int limit);

    /**
     * Gives a member another role.
     *
     * @throws PlatformException TENANT_NOT_FOUND, MEMBER_NOT_FOUND; LAST_TENANT_ADMIN if no admin would be left
     */
    Member changeRole(TenantId tenantId, UserId userId, Role role, Act act);

    /**
     * Removes a member, and asks for the organization to follow.
     *
     * @throws PlatformException TENANT_NOT_FOUND, MEMBER_NOT_FOUND; LAST_TENANT_ADMIN if no admin would be left
     */
    void remove(TenantId tenantId, UserId userId, Act act);
}
