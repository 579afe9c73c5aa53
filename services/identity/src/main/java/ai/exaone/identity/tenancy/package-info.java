/**
 * Owns what other services hear of tenants and projects: the log {@code tenancy}, written by {@link
 * ai.exaone.identity.tenancy.MySqlTenancyLog} in the transactions that change them.
 */
@NullMarked
package ai.exaone.identity.tenancy;

import org.jspecify.annotations.NullMarked;
