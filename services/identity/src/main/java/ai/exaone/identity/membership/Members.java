package ai.exaone.identity.membership;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;

/** What is done with members. Thread-safe. */
public final class Members {
    private final MemberStore store;

    public Members(MemberStore store) {
        this.store = store;
    }

    Page<Member> list(TenantId tenantId, PageRequest page) {
        return store.list(tenantId, page);
    }

    /**
     * Gives a member another role.
     *
     * @throws PlatformException MEMBER_NOT_FOUND, LAST_TENANT_ADMIN
     */
    Member changeRole(TenantId tenantId, UserId userId, Role role, Actor actor) {
        return store.changeRole(tenantId, userId, role, new Act(actor, "member.update"));
    }

    /**
     * Removes a member. Keys that the person made stay: they belong to their project.
     *
     * @throws PlatformException MEMBER_NOT_FOUND, LAST_TENANT_ADMIN
     */
    void remove(TenantId tenantId, UserId userId, Actor actor) {
        store.remove(tenantId, userId, new Act(actor, "member.remove"));
    }
}
