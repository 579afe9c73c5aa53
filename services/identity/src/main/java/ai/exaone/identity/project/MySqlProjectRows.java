package ai.exaone.identity.project;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of projects, for every store that takes part in a transaction on one. Locked after the tenant's row. */
public final class MySqlProjectRows {
    static final String SELECT = "SELECT project_id, tenant_id, name, display_name, created_at FROM project ";

    private MySqlProjectRows() {}

    /** Every project of the installation that was deleted. */
    public static List<Project> deleted(Handle handle) {
        return handle.createQuery(SELECT + "WHERE living_name IS NULL")
                .map(MySqlProjectRows::project)
                .list();
    }

    static Optional<Project> find(Handle handle, TenantId tenantId, ProjectId projectId) {
        return select(handle, tenantId, projectId, "");
    }

    /**
     * The project, which nobody else changes until the transaction ends.
     *
     * @throws PlatformException PROJECT_NOT_FOUND
     */
    static Project lock(Handle handle, TenantId tenantId, ProjectId projectId) {
        return select(handle, tenantId, projectId, "FOR UPDATE").orElseThrow(ProjectError::notFound);
    }

    /**
     * The project, which nobody deletes until the transaction ends.
     *
     * @throws PlatformException PROJECT_NOT_FOUND
     */
    public static Project share(Handle handle, TenantId tenantId, ProjectId projectId) {
        return select(handle, tenantId, projectId, "LOCK IN SHARE MODE").orElseThrow(ProjectError::notFound);
    }

    static Project project(ResultSet row, StatementContext context) throws SQLException {
        return new Project(
                new ProjectId(row.getString("project_id")),
                new TenantId(row.getString("tenant_id")),
                row.getString("name"),
                row.getString("display_name"),
                row.getTimestamp("created_at").toInstant());
    }

    private static Optional<Project> select(Handle handle, TenantId tenantId, ProjectId projectId, String locking) {
        return handle.createQuery(SELECT + "WHERE tenant_id = :tenant AND project_id = :id AND living_name IS NOT NULL "
                        + locking)
                .bind("tenant", tenantId.value())
                .bind("id", projectId.value())
                .map(MySqlProjectRows::project)
                .findOne();
    }
}
