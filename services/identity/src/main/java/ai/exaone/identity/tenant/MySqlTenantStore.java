package ai.exaone.identity.tenant;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.keycloak.MySqlMirrorTasks;
import ai.exaone.store.ConstraintException;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Tenants in MySQL or MariaDB. */
public final class MySqlTenantStore implements TenantStore {
    private final Transactions transactions;
    private final MySqlCreations creations;
    private final MySqlAuditStore audit;
    private final MySqlMirrorTasks mirror;
    private final List<MySqlTenantFollower> followers;

    public MySqlTenantStore(
            Transactions transactions,
            MySqlCreations creations,
            MySqlAuditStore audit,
            MySqlMirrorTasks mirror,
            List<MySqlTenantFollower> followers) {
        this.transactions = transactions;
        this.creations = creations;
        this.audit = audit;
        this.mirror = mirror;
        this.followers = List.copyOf(followers);
    }

    @Override
    public Creation<Tenant> insert(
            Tenant tenant, Optional<UserId> creator, Optional<CreationRequest> request, Act act) {
        try {
            return transactions.inTransaction(handle -> {
                Optional<String> first =
                        creations.claim(handle, request, tenant.id().value());
                if (first.isPresent()) {
                    return new Creation.Repeated<>(MySqlTenantRows.require(handle, new TenantId(first.get())));
                }
                MySqlTenantRows.insert(handle, tenant);
                mirror.organizationChanged(handle, tenant.id());
                followers.forEach(follower -> follower.created(handle, tenant, creator));
                audit.created(handle, act, Optional.of(tenant.id()), tenant);
                audit.created(handle, act, Optional.empty(), tenant);
                followers.forEach(follower -> follower.changed(handle, tenant));
                return new Creation.Made<>(tenant);
            });
        } catch (ConstraintException refused) {
            if (refused.isDuplicateOf("tenant_name")) {
                throw PlatformException.because(TenantError.TENANT_NAME_TAKEN, "Another tenant has that name.")
                        .violation("tenant.name", "is taken")
                        .cause(refused)
                        .build();
            }
            throw refused;
        }
    }

    @Override
    public Optional<Tenant> find(TenantId tenantId) {
        return transactions.withHandle(handle -> MySqlTenantRows.find(handle, tenantId));
    }

    @Override
    public Page<Tenant> list(PageRequest page) {
        List<Tenant> rows = transactions.withHandle(
                handle -> MySqlTenantRows.list(handle, page.after().orElse(""), page.rows()));
        return Page.of(page, rows, tenant -> PageToken.of(tenant.name()));
    }

    @Override
    public Tenant update(TenantId tenantId, UnaryOperator<Tenant> change, Act act) {
        return transactions.inTransaction(handle -> {
            Tenant before = MySqlTenantRows.lock(handle, tenantId);
            Tenant after = change.apply(before);
            MySqlTenantRows.update(handle, after);
            mirror.organizationChanged(handle, tenantId);
            audit.changed(handle, act, Optional.of(tenantId), before, after);
            if (before.state() != after.state()) {
                audit.changed(handle, act, Optional.empty(), before, after);
                followers.forEach(follower -> follower.stateChanged(handle, after));
            }
            followers.forEach(follower -> follower.changed(handle, after));
            return after;
        });
    }
}
