package ai.exaone.identity.tenant;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps tenants. Every write records its act and asks for the organization to be mirrored in the same transaction. Thread-safe.
 */
public interface TenantStore {
    /**
     * Stores a new tenant; a repeated request returns the tenant it made before.
     *
     * @param creator the person who becomes its first admin; empty for a program
     * @throws PlatformException TENANT_NAME_TAKEN, REQUEST_ID_REUSED
     */
    Creation<Tenant> insert(Tenant tenant, Optional<UserId> creator, Optional<CreationRequest> request, Act act);

    Optional<Tenant> find(TenantId tenantId);

    /** All tenants, by name. */
    Page<Tenant> list(PageRequest page);

    /**
     * Replaces a tenant by what the change makes of it. When its state changes, its keys enter or leave the log of accepted keys
     * in the same transaction.
     *
     * @param change pure: it may be applied again
     * @throws PlatformException TENANT_NOT_FOUND
     */
    Tenant update(TenantId tenantId, UnaryOperator<Tenant> change, Act act);
}
