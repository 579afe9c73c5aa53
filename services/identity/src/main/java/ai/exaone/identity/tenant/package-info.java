/**
 * Owns tenants. Suspension takes every key of a tenant out of the log that gateways follow, in the same transaction.
 * Enter at {@link ai.exaone.identity.tenant.Tenants}.
 */
@NullMarked
package ai.exaone.identity.tenant;

import org.jspecify.annotations.NullMarked;
