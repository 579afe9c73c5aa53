package ai.exaone.identity.tenant;

import ai.exaone.identity.id.UserId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What other features do, in the same transaction, when something becomes of a tenant. The tenant's row is locked then. */
public interface MySqlTenantFollower {
    /**
     * A tenant was made.
     *
     * @param creator the person who made it; empty for a program
     */
    default void created(Handle handle, Tenant tenant, Optional<UserId> creator) {}

    /** A tenant was made, or anything of it changed; said besides the other two. */
    default void changed(Handle handle, Tenant tenant) {}

    /** A tenant was suspended or resumed. */
    default void stateChanged(Handle handle, Tenant tenant) {}
}
