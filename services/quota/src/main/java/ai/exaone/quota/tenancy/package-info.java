/**
 * Owns what quota knows of tenants and projects: {@link ai.exaone.quota.tenancy.RpcTenancyFeed} follows identity's log, and
 * {@link ai.exaone.quota.tenancy.TimeZones} says where a tenant's days and months begin, also while identity is away.
 */
@NullMarked
package ai.exaone.quota.tenancy;

import org.jspecify.annotations.NullMarked;
