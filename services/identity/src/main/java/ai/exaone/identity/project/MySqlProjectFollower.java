package ai.exaone.identity.project;

import ai.exaone.identity.tenant.Tenant;
import org.jdbi.v3.core.Handle;

/** What other features do, in the same transaction, when a project is deleted. Its row and its tenant's are locked then. */
@FunctionalInterface
public interface MySqlProjectFollower {
    void deleted(Handle handle, Tenant tenant, Project project);
}
