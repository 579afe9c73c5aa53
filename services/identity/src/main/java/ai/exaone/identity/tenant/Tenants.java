package ai.exaone.identity.tenant;

import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.ResourceId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is done with tenants. Thread-safe. */
public final class Tenants {
    private final TenantStore store;
    private final PersonStore people;
    private final IdGenerator ids;
    private final Clock clock;

    public Tenants(TenantStore store, PersonStore people, IdGenerator ids, Clock clock) {
        this.store = store;
        this.people = people;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Creates a tenant. The person who does becomes its first admin; a program leaves it without one, for platform admins act in
     * every tenant and can invite.
     *
     * @param displayName the name itself when empty
     */
    Tenant create(String name, String displayName, ZoneId timeZone, Optional<CreationRequest> request, Actor actor) {
        var tenant = new Tenant(
                new TenantId(ids.next(TenantId.PREFIX)),
                name,
                displayName.isBlank() ? name : displayName,
                timeZone,
                Tenant.State.ACTIVE,
                clock.instant());
        return store.insert(tenant, person(actor), request, new Act(actor, "tenant.create"))
                .value();
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

    /** The person who acts; empty for a program. */
    private Optional<UserId> person(Actor actor) {
        return Optional.of(actor.subject())
                .filter(subject -> ResourceId.matches(UserId.PREFIX, subject))
                .flatMap(subject -> people.find(new UserId(subject)))
                .filter(person -> person.kind() == Person.Kind.HUMAN)
                .map(Person::id);
    }
}
