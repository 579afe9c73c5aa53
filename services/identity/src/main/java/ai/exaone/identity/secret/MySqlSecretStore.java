package ai.exaone.identity.secret;

import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.project.MySqlProjectFollower;
import ai.exaone.identity.project.MySqlProjectRows;
import ai.exaone.identity.project.Project;
import ai.exaone.identity.tenant.MySqlTenantRows;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Secrets in MySQL or MariaDB. */
public final class MySqlSecretStore implements SecretStore, MySqlProjectFollower {
    private static final String SELECT =
            "SELECT tenant_id, project_id, name, updated_by, created_at, updated_at FROM secret ";

    private final Transactions transactions;
    private final MasterKey masterKey;
    private final MySqlAuditStore audit;
    private final Clock clock;

    public MySqlSecretStore(Transactions transactions, MasterKey masterKey, MySqlAuditStore audit, Clock clock) {
        this.transactions = transactions;
        this.masterKey = masterKey;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Secret put(TenantId tenantId, ProjectId projectId, String name, SecretValue value, Act act) {
        return transactions.inTransaction(handle -> {
            lockAround(handle, tenantId, projectId);
            Optional<Secret> before = find(handle, tenantId, projectId, name);
            Instant now = clock.instant();
            var after = new Secret(
                    tenantId,
                    projectId,
                    name,
                    act.actor().subject(),
                    before.map(Secret::createdAt).orElse(now),
                    now);
            write(handle, after, masterKey.encrypt(bytes(value), place(tenantId, projectId, name)));
            if (before.isPresent()) {
                audit.changed(handle, act, Optional.of(tenantId), before.get(), after);
            } else {
                audit.created(handle, act, Optional.of(tenantId), after);
            }
            return after;
        });
    }

    @Override
    public Page<Secret> list(TenantId tenantId, ProjectId projectId, PageRequest page) {
        String after = page.after().orElse("");
        List<Secret> rows = transactions.withHandle(handle -> handle.createQuery(SELECT + """
                                 WHERE tenant_id = :tenant AND project_id = :project AND name > :after
                                 ORDER BY name
                                 LIMIT :limit
                                """)
                .bind("tenant", tenantId.value())
                .bind("project", projectId.value())
                .bind("after", after)
                .bind("limit", page.rows())
                .map(MySqlSecretStore::secret)
                .list());
        return Page.of(page, rows, secret -> PageToken.of(secret.name()));
    }

    @Override
    public void delete(TenantId tenantId, ProjectId projectId, String name, Act act) {
        transactions.useTransaction(handle -> {
            lockAround(handle, tenantId, projectId);
            Secret gone = find(handle, tenantId, projectId, name).orElseThrow(SecretError::notFound);
            handle.createUpdate(
                            "DELETE FROM secret WHERE tenant_id = :tenant AND project_id = :project AND name = :name")
                    .bind("tenant", tenantId.value())
                    .bind("project", projectId.value())
                    .bind("name", name)
                    .execute();
            audit.deleted(handle, act, Optional.of(tenantId), gone);
        });
    }

    @Override
    public Map<String, SecretValue> values(TenantId tenantId, ProjectId projectId, Set<String> names) {
        return transactions.withHandle(handle -> {
            var values = new HashMap<String, SecretValue>();
            handle.createQuery("""
                            SELECT name, sealed_value
                              FROM secret
                             WHERE tenant_id = :tenant AND project_id = :project AND name IN (<names>)
                            """)
                    .bind("tenant", tenantId.value())
                    .bind("project", projectId.value())
                    .bindList("names", List.copyOf(names))
                    .map((row, context) -> Map.entry(row.getString("name"), row.getBytes("sealed_value")))
                    .forEach(entry -> values.put(
                            entry.getKey(),
                            value(masterKey.decrypt(entry.getValue(), place(tenantId, projectId, entry.getKey())))));
            return values;
        });
    }

    /** Destroys the secrets of a project. */
    @Override
    public void deleted(Handle handle, Tenant tenant, Project project) {
        handle.createUpdate("DELETE FROM secret WHERE tenant_id = :tenant AND project_id = :project")
                .bind("tenant", tenant.id().value())
                .bind("project", project.id().value())
                .execute();
    }

    private static void lockAround(Handle handle, TenantId tenantId, ProjectId projectId) {
        MySqlTenantRows.share(handle, tenantId);
        MySqlProjectRows.share(handle, tenantId, projectId);
    }

    private static Optional<Secret> find(Handle handle, TenantId tenantId, ProjectId projectId, String name) {
        return handle.createQuery(
                        SELECT + "WHERE tenant_id = :tenant AND project_id = :project AND name = :name FOR UPDATE")
                .bind("tenant", tenantId.value())
                .bind("project", projectId.value())
                .bind("name", name)
                .map(MySqlSecretStore::secret)
                .findOne();
    }

    private static void write(Handle handle, Secret secret, byte[] sealed) {
        handle.createUpdate("""
                        INSERT INTO secret (tenant_id, project_id, name, sealed_value, updated_by, created_at, updated_at)
                        VALUES (:tenant, :project, :name, :sealed, :updatedBy, :createdAt, :updatedAt)
                        ON DUPLICATE KEY UPDATE sealed_value = :sealed, updated_by = :updatedBy, updated_at = :updatedAt
                        """)
                .bind("tenant", secret.tenantId().value())
                .bind("project", secret.projectId().value())
                .bind("name", secret.name())
                .bind("sealed", sealed)
                .bind("updatedBy", secret.updatedBy())
                .bind("createdAt", secret.createdAt())
                .bind("updatedAt", secret.updatedAt())
                .execute();
    }

    private static Secret secret(ResultSet row, StatementContext context) throws SQLException {
        return new Secret(
                new TenantId(row.getString("tenant_id")),
                new ProjectId(row.getString("project_id")),
                row.getString("name"),
                row.getString("updated_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static String place(TenantId tenantId, ProjectId projectId, String name) {
        return "identity/secret/" + tenantId + "/" + projectId + "/" + name;
    }

    private static byte[] bytes(SecretValue value) {
        return value.text().getBytes(StandardCharsets.UTF_8);
    }

    private static SecretValue value(byte[] bytes) {
        return new SecretValue(new String(bytes, StandardCharsets.UTF_8));
    }
}
