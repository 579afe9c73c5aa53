package ai.exaone.identity.tenant;

import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.person.UserId;
import ai.exaone.identity.request.Page;
import ai.exaone.identity.request.PageRequest;
import ai.exaone.identity.request.RequestKey;
import ai.exaone.ids.IdGenerator;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is done with tenants. Thread-safe. */
public final class Tenants {
    private final TenantStore store;
    private final IdGenerator ids;
    private final Clock clock;

    public Tenants(TenantStore store, IdGenerator ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Creates a tenant.
     *
     * @param displayName the name itself when empty
     * @param creator the person who becomes its first admin; empty for a program, which leaves a tenant without one: platform
     *     admins act in every tenant and can invite
     */
    Tenant create(
            String name,
            String displayName,
            ZoneId timeZone,
            Optional<UserId> creator,
            Optional<RequestKey> request,
            Actor actor) {
        var tenant = new Tenant(
                new TenantId(ids.next(TenantId.PREFIX)),
                name,
                displayName.isBlank() ? name : displayName,
                timeZone,
                Tenant.State.ACTIVE,
                clock.instant());
        return store.insert(tenant, creator, request, new Act(actor, "tenant.create")).value();
    }

    public Tenant get(TenantId tenantId) {
        return store.find(tenantId).orElseThrow(TenantError::notFound);
    }

    Page<Tenant> list(PageRequest page) {
        return store.list(page);
    }

    Tenant update(TenantId tenantId, UnaryOperator<Tenant> change, Actor actor) {
        return store.update(tenantId, change, new Act(actor, "tenant.update"));
    }

    /** Refuses the tenant's keys and sessions from now on. */
    Tenant suspend(TenantId tenantId, Actor actor) {
        return store.update(
                tenantId, tenant -> tenant.withState(Tenant.State.SUSPENDED), new Act(actor, "tenant.suspend"));
    }

    Tenant resume(TenantId tenantId, Actor actor) {
        return store.update(tenantId, tenant -> tenant.withState(Tenant.State.ACTIVE), new Act(actor, "tenant.resume"));
    }
}
