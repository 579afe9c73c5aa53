/**
 * Owns the limits of tenants, projects, keys and agents: {@link ai.exaone.quota.limit.Limits} changes them. What is used of a limit is
 * admission's to know, behind {@link ai.exaone.quota.limit.LimitMeters}.
 */
@NullMarked
package ai.exaone.quota.limit;

import org.jspecify.annotations.NullMarked;
