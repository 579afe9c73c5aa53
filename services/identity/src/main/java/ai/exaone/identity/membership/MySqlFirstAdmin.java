package ai.exaone.identity.membership;

import ai.exaone.identity.id.UserId;
import ai.exaone.identity.keycloak.MySqlMirrorTasks;
import ai.exaone.identity.tenant.MySqlTenantFollower;
import ai.exaone.identity.tenant.Tenant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes the person who creates a tenant its first admin. */
public final class MySqlFirstAdmin implements MySqlTenantFollower {
    private final MySqlMirrorTasks mirror;

    public MySqlFirstAdmin(MySqlMirrorTasks mirror) {
        this.mirror = mirror;
    }

    @Override
    public void created(Handle handle, Tenant tenant, Optional<UserId> creator) {
        creator.ifPresent(user -> {
            MySqlMembershipRows.insert(handle, tenant.id(), user, Role.TENANT_ADMIN, tenant.createdAt());
            mirror.memberChanged(handle, tenant.id(), user);
        });
    }
}
