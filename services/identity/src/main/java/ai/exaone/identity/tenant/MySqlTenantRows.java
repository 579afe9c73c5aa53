package ai.exaone.identity.tenant;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The rows of tenants, for every store that takes part in a transaction on one. A tenant's row is locked before any row that
 * belongs to the tenant: shared by what only needs its state to stay, exclusively by what changes its state or its memberships.
 */
public final class MySqlTenantRows {
    private static final String SELECT =
            "SELECT tenant_id, name, display_name, time_zone, state, created_at FROM tenant ";

    private MySqlTenantRows() {}

    static void insert(Handle handle, Tenant tenant) {
        handle.createUpdate("""
                        INSERT INTO tenant (tenant_id, name, display_name, time_zone, state, created_at)
                        VALUES (:id, :name, :displayName, :zone, :state, :createdAt)
                        """)
                .bind("id", tenant.id().value())
                .bind("name", tenant.name())
                .bind("displayName", tenant.displayName())
                .bind("zone", tenant.timeZone().getId())
                .bind("state", tenant.state().name())
                .bind("createdAt", tenant.createdAt())
                .execute();
    }

    static void update(Handle handle, Tenant tenant) {
        handle.createUpdate("""
                        UPDATE tenant
                           SET display_name = :displayName, time_zone = :zone, state = :state
                         WHERE tenant_id = :id
                        """)
                .bind("id", tenant.id().value())
                .bind("displayName", tenant.displayName())
                .bind("zone", tenant.timeZone().getId())
                .bind("state", tenant.state().name())
                .execute();
    }

    static List<Tenant> list(Handle handle, String afterName, int limit) {
        return handle.createQuery(SELECT + "WHERE name > :after ORDER BY name LIMIT :limit")
                .bind("after", afterName)
                .bind("limit", limit)
                .map(MySqlTenantRows::tenant)
                .list();
    }

    /** Every tenant of the installation. */
    public static List<Tenant> all(Handle handle) {
        return handle.createQuery(SELECT).map(MySqlTenantRows::tenant).list();
    }

    /** The tenant as committed now, without a lock. */
    public static Optional<Tenant> find(Handle handle, TenantId tenantId) {
        return select(handle, tenantId, "");
    }

    /**
     * The tenant as committed now, without a lock.
     *
     * @throws PlatformException TENANT_NOT_FOUND
     */
    public static Tenant require(Handle handle, TenantId tenantId) {
        return find(handle, tenantId).orElseThrow(TenantError::notFound);
    }

    /**
     * The tenant, which nobody else changes until the transaction ends.
     *
     * @throws PlatformException TENANT_NOT_FOUND
     */
    public static Tenant lock(Handle handle, TenantId tenantId) {
        return select(handle, tenantId, "FOR UPDATE").orElseThrow(TenantError::notFound);
    }

    /**
     * The tenant, whose state stays as it is until the transaction ends.
     *
     * @throws PlatformException TENANT_NOT_FOUND
     */
    public static Tenant share(Handle handle, TenantId tenantId) {
        return select(handle, tenantId, "LOCK IN SHARE MODE").orElseThrow(TenantError::notFound);
    }

    private static Optional<Tenant> select(Handle handle, TenantId tenantId, String locking) {
        return handle.createQuery(SELECT + "WHERE tenant_id = :id " + locking)
                .bind("id", tenantId.value())
                .map(MySqlTenantRows::tenant)
                .findOne();
    }

    /** The tenant in a row that has all its columns. */
    public static Tenant tenant(ResultSet row, StatementContext context) throws SQLException {
        return new Tenant(
                new TenantId(row.getString("tenant_id")),
                row.getString("name"),
                row.getString("display_name"),
                ZoneId.of(row.getString("time_zone")),
                Tenant.State.valueOf(row.getString("state")),
                row.getTimestamp("created_at").toInstant());
    }
}
