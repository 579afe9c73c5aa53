package ai.exaone.identity.account;

import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.membership.MemberStore;
import ai.exaone.identity.membership.Role;
import ai.exaone.identity.membership.TenantMembership;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.identity.tenant.TenantStore;
import ai.exaone.rpc.Principal;
import ai.exaone.store.paging.PageRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells callers who they are. Thread-safe. */
public final class Accounts {
    private static final String PLATFORM = "platform.";
    /** A person is in fewer tenants; a platform admin of a larger installation lists its tenants page by page. */
    private static final int MOST_PLACES = 200;

    private final PersonStore people;
    private final MemberStore members;
    private final TenantStore tenants;

    public Accounts(PersonStore people, MemberStore members, TenantStore tenants) {
        this.people = people;
        this.members = members;
        this.tenants = tenants;
    }

    /** The account of a caller. */
    Account of(Principal principal) {
        return switch (principal.kind()) {
            case USER -> person(principal);
            case KEY, RUN -> bound(principal);
        };
    }

    private Account person(Principal principal) {
        var userId = new UserId(principal.subject());
        Optional<Person> person = people.find(userId);
        Set<String> platform = platformPermissions(principal);
        Map<TenantId, Account.Place> places = new LinkedHashMap<>();
        for (TenantMembership membership : members.ofPerson(userId, MOST_PLACES)) {
            places.put(membership.tenant().id(), place(membership, !platform.isEmpty()));
        }
        if (!platform.isEmpty()) {
            tenants.list(PageRequest.first(MOST_PLACES))
                    .items()
                    .forEach(tenant -> places.putIfAbsent(tenant.id(), asPlatformAdmin(tenant)));
        }
        return new Account(
                principal.subject(),
                person.map(Person::email).orElse(""),
                person.map(Person::shownName).orElse(principal.name()),
                platform,
                List.copyOf(places.values()));
    }

    /** In a suspended tenant, a member may do nothing. */
    private static Account.Place place(TenantMembership membership, boolean platformAdmin) {
        Set<String> permissions;
        if (platformAdmin) {
            permissions = Role.TENANT_ADMIN.permissions();
        } else {
            permissions = membership.tenant().isActive() ? membership.role().permissions() : Set.of();
        }
        return new Account.Place(membership.tenant(), Optional.of(membership.role()), permissions, Optional.empty());
    }

    private static Account.Place asPlatformAdmin(Tenant tenant) {
        return new Account.Place(tenant, Optional.empty(), Role.TENANT_ADMIN.permissions(), Optional.empty());
    }

    /** A key or a run: its token says all that it may do. */
    private Account bound(Principal principal) {
        List<Account.Place> places = principal
                .tenantId()
                .flatMap(id -> tenants.find(new TenantId(id)))
                .map(tenant -> new Account.Place(
                        tenant, Optional.empty(), tenantPermissions(principal), principal.projectId()))
                .stream()
                .toList();
        return new Account(principal.subject(), "", principal.name(), platformPermissions(principal), places);
    }

    private static Set<String> platformPermissions(Principal principal) {
        return principal.permissions().stream()
                .filter(name -> name.startsWith(PLATFORM))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> tenantPermissions(Principal principal) {
        return principal.permissions().stream()
                .filter(name -> !name.startsWith(PLATFORM))
                .collect(Collectors.toUnmodifiableSet());
    }
}
