package ai.exaone.identity.membership;

import ai.exaone.identity.id.TenantId;

/** Keeps which tenant's invitation made an account whose owner has not signed in yet. Thread-safe. */
public interface NewAccountStore {
    /** Writes down, before Keycloak is asked, that a tenant's invitation is about to make the account. */
    void reserve(String email, TenantId tenantId);

    /** Takes that back: the account turned out to be somebody else's. */
    void release(String email, TenantId tenantId);

    /** Whether a tenant's invitation made the account, and its owner has not signed in yet. */
    boolean isMadeBy(String email, TenantId tenantId);
}
