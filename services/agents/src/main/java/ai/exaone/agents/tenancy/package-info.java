/**
 * Owns what becomes of agents and runs when their project is deleted: {@link ai.exaone.agents.tenancy.RpcTenancyFeed} follows
 * identity's log, {@link ai.exaone.agents.tenancy.DeletedProjects} does it.
 */
@NullMarked
package ai.exaone.agents.tenancy;

import org.jspecify.annotations.NullMarked;
