package ai.exaone.identity.membership;

import ai.exaone.identity.tenant.Tenant;

/** One of a person's tenants, and the role there. */
public record TenantMembership(Tenant tenant, Role role) {}
