package ai.exaone.identity.token;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.id.ResourceId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.membership.MemberStore;
import ai.exaone.identity.membership.Role;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.identity.tenant.TenantError;
import ai.exaone.identity.tenant.TenantStore;
import ai.exaone.rpc.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides what a person is in a tenant, or outside of all. Thread-safe. */
public final class PersonPrincipals {
    private final TenantStore tenants;
    private final MemberStore members;

    public PersonPrincipals(TenantStore tenants, MemberStore members) {
        this.tenants = tenants;
        this.members = members;
    }

    /**
     * The principal of a person for a request about a tenant. Somebody who has no business there gets one without a tenant, to whom
     * the tenant does not exist.
     *
     * @param platformAdmin whether Keycloak says so
     * @param tenantId as the request names it; empty text for none
     * @throws PlatformException TENANT_SUSPENDED for a member of a suspended tenant
     */
    Principal principal(Person person, boolean platformAdmin, String tenantId) {
        Optional<Tenant> tenant = Optional.of(tenantId)
                .filter(id -> ResourceId.matches(TenantId.PREFIX, id))
                .flatMap(id -> tenants.find(new TenantId(id)));
        Set<String> permissions = new TreeSet<>(platformAdmin ? Role.PLATFORM_ADMIN : Set.of());
        Optional<Set<String>> inTenant = tenant.flatMap(found -> permissions(person, platformAdmin, found));
        inTenant.ifPresent(permissions::addAll);
        return Principal.user(
                person.id().value(),
                person.shownName(),
                inTenant.isPresent() ? Optional.of(tenantId) : Optional.empty(),
                permissions);
    }

    /** What the person may do in the tenant; empty for somebody who has no business there. */
    private Optional<Set<String>> permissions(Person person, boolean platformAdmin, Tenant tenant) {
        if (platformAdmin) {
            return Optional.of(Role.TENANT_ADMIN.permissions());
        }
        Optional<Role> role = members.roleOf(tenant.id(), person.id());
        if (role.isPresent() && !tenant.isActive()) {
            throw TenantError.suspended();
        }
        return role.map(Role::permissions);
    }
}
