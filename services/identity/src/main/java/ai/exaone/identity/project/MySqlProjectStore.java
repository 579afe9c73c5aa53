package ai.exaone.identity.project;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.tenant.MySqlTenantRows;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.store.ConstraintException;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Projects in MySQL or MariaDB. The row of a deleted project stays, for what refers to it. */
public final class MySqlProjectStore implements ProjectStore {
    private final Transactions transactions;
    private final MySqlCreations creations;
    private final MySqlAuditStore audit;
    private final List<MySqlProjectFollower> followers;

    public MySqlProjectStore(
            Transactions transactions,
            MySqlCreations creations,
            MySqlAuditStore audit,
            List<MySqlProjectFollower> followers) {
        this.transactions = transactions;
        this.creations = creations;
        this.audit = audit;
        this.followers = List.copyOf(followers);
    }

    @Override
    public Creation<Project> insert(Project project, Optional<CreationRequest> request, Act act) {
        try {
            return transactions.inTransaction(handle -> {
                MySqlTenantRows.share(handle, project.tenantId());
                Optional<String> first =
                        creations.claim(handle, request, project.id().value());
                if (first.isPresent()) {
                    return new Creation.Repeated<>(everMade(handle, first.get()));
                }
                insert(handle, project);
                audit.created(handle, act, Optional.of(project.tenantId()), project);
                return new Creation.Made<>(project);
            });
        } catch (ConstraintException refused) {
            if (refused.isDuplicateOf("project_name")) {
                throw PlatformException.because(
                                ProjectError.PROJECT_NAME_TAKEN, "Another project of the tenant has that name.")
                        .violation("project.name", "is taken")
                        .cause(refused)
                        .build();
            }
            throw refused;
        }
    }

    @Override
    public Optional<Project> find(TenantId tenantId, ProjectId projectId) {
        return transactions.withHandle(handle -> MySqlProjectRows.find(handle, tenantId, projectId));
    }

    @Override
    public Page<Project> list(TenantId tenantId, PageRequest page) {
        String after = page.after().orElse("");
        List<Project> rows = transactions.withHandle(handle -> handle.createQuery(MySqlProjectRows.SELECT + """
                                 WHERE tenant_id = :tenant AND living_name > :after
                                 ORDER BY living_name
                                 LIMIT :limit
                                """)
                .bind("tenant", tenantId.value())
                .bind("after", after)
                .bind("limit", page.rows())
                .map(MySqlProjectRows::project)
                .list());
        return Page.of(page, rows, project -> PageToken.of(project.name()));
    }

    @Override
    public Project update(TenantId tenantId, ProjectId projectId, UnaryOperator<Project> change, Act act) {
        return transactions.inTransaction(handle -> {
            MySqlTenantRows.share(handle, tenantId);
            Project before = MySqlProjectRows.lock(handle, tenantId, projectId);
            Project after = change.apply(before);
            handle.createUpdate("UPDATE project SET display_name = :displayName WHERE project_id = :id")
                    .bind("displayName", after.displayName())
                    .bind("id", projectId.value())
                    .execute();
            audit.changed(handle, act, Optional.of(tenantId), before, after);
            return after;
        });
    }

    @Override
    public void delete(TenantId tenantId, ProjectId projectId, Act act) {
        transactions.useTransaction(handle -> {
            Tenant tenant = MySqlTenantRows.share(handle, tenantId);
            Project gone = MySqlProjectRows.lock(handle, tenantId, projectId);
            handle.createUpdate("UPDATE project SET living_name = NULL WHERE project_id = :id")
                    .bind("id", projectId.value())
                    .execute();
            audit.deleted(handle, act, Optional.of(tenantId), gone);
            followers.forEach(follower -> follower.deleted(handle, tenant, gone));
        });
    }

    private static void insert(Handle handle, Project project) {
        handle.createUpdate("""
                        INSERT INTO project (project_id, tenant_id, name, living_name, display_name, created_at)
                        VALUES (:id, :tenant, :name, :name, :displayName, :createdAt)
                        """)
                .bind("id", project.id().value())
                .bind("tenant", project.tenantId().value())
                .bind("name", project.name())
                .bind("displayName", project.displayName())
                .bind("createdAt", project.createdAt())
                .execute();
    }

    private static Project everMade(Handle handle, String projectId) {
        return handle.createQuery(MySqlProjectRows.SELECT + "WHERE project_id = :id")
                .bind("id", projectId)
                .map(MySqlProjectRows::project)
                .one();
    }
}
