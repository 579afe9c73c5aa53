package ai.exaone.identity.project;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.time.Clock;
import java.util.Optional;

/** What is done with projects. Thread-safe. */
public final class Projects {
    private final ProjectStore store;
    private final IdGenerator ids;
    private final Clock clock;

    public Projects(ProjectStore store, IdGenerator ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Creates a project.
     *
     * @param displayName the name itself when empty
     */
    Project create(TenantId tenantId, String name, String displayName, Optional<CreationRequest> request, Actor actor) {
        var project = new Project(
                new ProjectId(ids.next(ProjectId.PREFIX)),
                tenantId,
                name,
                displayName.isBlank() ? name : displayName,
                clock.instant());
        return store.insert(project, request, new Act(actor, "project.create")).value();
    }

    /**
     * The project.
     *
     * @throws PlatformException PROJECT_NOT_FOUND
     */
    public Project get(TenantId tenantId, ProjectId projectId) {
        return store.find(tenantId, projectId).orElseThrow(ProjectError::notFound);
    }

    Page<Project> list(TenantId tenantId, PageRequest page) {
        return store.list(tenantId, page);
    }

    Project rename(TenantId tenantId, ProjectId projectId, String displayName, Actor actor) {
        return store.update(
                tenantId,
                projectId,
                project -> project.withDisplayName(displayName.isBlank() ? project.name() : displayName),
                new Act(actor, "project.update"));
    }

    void delete(TenantId tenantId, ProjectId projectId, Actor actor) {
        store.delete(tenantId, projectId, new Act(actor, "project.delete"));
    }
}
