package ai.exaone.identity.project;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps projects. Every write records its act in the same transaction. Deleted projects are as if they were not. Thread-safe. */
public interface ProjectStore {
    /**
     * Stores a new project; a repeated request returns the project it made before, even one since deleted.
     *
     * @throws PlatformException TENANT_NOT_FOUND, PROJECT_NAME_TAKEN, REQUEST_ID_REUSED
     */
    Creation<Project> insert(Project project, Optional<CreationRequest> request, Act act);

    Optional<Project> find(TenantId tenantId, ProjectId projectId);

    /** A tenant's projects, by name. */
    Page<Project> list(TenantId tenantId, PageRequest page);

    /**
     * Replaces a project by what the change makes of it.
     *
     * @param change pure: it may be applied again
     * @throws PlatformException PROJECT_NOT_FOUND
     */
    Project update(TenantId tenantId, ProjectId projectId, UnaryOperator<Project> change, Act act);

    /**
     * Deletes a project, revokes its keys and destroys its secrets, all in one transaction. Its name is free again.
     *
     * @throws PlatformException PROJECT_NOT_FOUND
     */
    void delete(TenantId tenantId, ProjectId projectId, Act act);
}
