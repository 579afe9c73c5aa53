package ai.exaone.identity.apikey;

import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.project.MySqlProjectFollower;
import ai.exaone.identity.project.Project;
import ai.exaone.identity.tenant.Tenant;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of keys, for every store that takes part in a transaction on one. Locked after the tenant's and the project's rows. */
public final class MySqlKeyRows implements MySqlProjectFollower {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEPARATOR = ",";

    static final String COLUMNS = """
            k.key_id, k.tenant_id, k.project_id, k.display_name, k.scopes, k.models, k.expires_at,
            k.created_by, k.created_at, k.revoked_at
            """;
    private static final String SELECT = "SELECT " + COLUMNS + " FROM api_key k ";

    private final MySqlKeyLog log;
    private final Clock clock;

    public MySqlKeyRows(MySqlKeyLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Revokes all keys of a project. */
    @Override
    public void deleted(Handle handle, Tenant tenant, Project project) {
        Instant now = clock.instant();
        List<ApiKey> keys = handle.createQuery(SELECT + """
                                 WHERE k.tenant_id = :tenant AND k.project_id = :project AND k.revoked_at IS NULL
                                 ORDER BY k.key_id
                                 FOR UPDATE
                                """)
                .bind("tenant", tenant.id().value())
                .bind("project", project.id().value())
                .map(MySqlKeyRows::key)
                .list();
        for (ApiKey key : keys) {
            ApiKey revoked = key.withRevokedAt(now);
            update(handle, revoked);
            log.publish(handle, tenant, revoked);
        }
    }

    static List<ApiKey> notRevoked(Handle handle, TenantId tenantId) {
        return handle.createQuery(SELECT
                        + "WHERE k.tenant_id = :tenant AND k.revoked_at IS NULL ORDER BY k.key_id LOCK IN SHARE MODE")
                .bind("tenant", tenantId.value())
                .map(MySqlKeyRows::key)
                .list();
    }

    static List<ApiKey> accepted(Handle handle, Instant now) {
        return handle.createQuery(SELECT + """
                                 JOIN tenant t ON t.tenant_id = k.tenant_id
                                 WHERE t.state = 'ACTIVE' AND k.revoked_at IS NULL
                                   AND (k.expires_at IS NULL OR k.expires_at > :now)
                                 ORDER BY k.key_id
                                """)
                .bind("now", now)
                .map(MySqlKeyRows::key)
                .list();
    }

    static Optional<ApiKey> find(Handle handle, TenantId tenantId, ProjectId projectId, KeyId keyId, String locking) {
        return handle.createQuery(SELECT + """
                                 WHERE k.tenant_id = :tenant AND k.project_id = :project AND k.key_id = :id
                                """ + locking)
                .bind("tenant", tenantId.value())
                .bind("project", projectId.value())
                .bind("id", keyId.value())
                .map(MySqlKeyRows::key)
                .findOne();
    }

    static List<ApiKey> list(
            Handle handle, TenantId tenantId, ProjectId projectId, Optional<String> before, int limit) {
        return handle.createQuery(SELECT + """
                                 WHERE k.tenant_id = :tenant AND k.project_id = :project
                                   AND (:first OR k.key_id < :before)
                                 ORDER BY k.key_id DESC
                                 LIMIT :limit
                                """)
                .bind("tenant", tenantId.value())
                .bind("project", projectId.value())
                .bind("first", before.isEmpty())
                .bind("before", before.orElse(""))
                .bind("limit", limit)
                .map(MySqlKeyRows::key)
                .list();
    }

    static void insert(Handle handle, ApiKey key, byte[] secretHash) {
        handle.createUpdate("""
                        INSERT INTO api_key (key_id, tenant_id, project_id, display_name, secret_hash, scopes, models,
                                             expires_at, created_by, created_at)
                        VALUES (:id, :tenant, :project, :displayName, :hash, :scopes, :models,
                                :expiresAt, :createdBy, :createdAt)
                        """)
                .bind("id", key.id().value())
                .bind("tenant", key.tenantId().value())
                .bind("project", key.projectId().value())
                .bind("displayName", key.displayName())
                .bind("hash", secretHash)
                .bind("scopes", scopes(key))
                .bind("models", models(key))
                .bind("expiresAt", key.expiresAt())
                .bind("createdBy", key.createdBy())
                .bind("createdAt", key.createdAt())
                .execute();
    }

    static void update(Handle handle, ApiKey key) {
        handle.createUpdate("""
                        UPDATE api_key
                           SET display_name = :displayName, scopes = :scopes, models = :models,
                               expires_at = :expiresAt, revoked_at = :revokedAt
                         WHERE key_id = :id
                        """)
                .bind("id", key.id().value())
                .bind("displayName", key.displayName())
                .bind("scopes", scopes(key))
                .bind("models", models(key))
                .bind("expiresAt", key.expiresAt())
                .bind("revokedAt", key.revokedAt())
                .execute();
    }

    static ApiKey key(ResultSet row, StatementContext context) throws SQLException {
        return new ApiKey(
                new KeyId(row.getString("key_id")),
                new TenantId(row.getString("tenant_id")),
                new ProjectId(row.getString("project_id")),
                row.getString("display_name"),
                Stream.of(row.getString("scopes").split(SEPARATOR))
                        .map(KeyScope::valueOf)
                        .collect(Collectors.toSet()),
                models(row.getString("models")),
                instant(row.getTimestamp("expires_at")),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("revoked_at")));
    }

    private static Optional<Instant> instant(Timestamp stored) {
        return Optional.ofNullable(stored).map(Timestamp::toInstant);
    }

    private static String scopes(ApiKey key) {
        return key.scopes().stream().sorted().map(KeyScope::name).collect(Collectors.joining(SEPARATOR));
    }

    private static String models(ApiKey key) {
        try {
            return JSON.writeValueAsString(key.models());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> models(String stored) {
        try {
            return JSON.readValue(stored, new TypeReference<>() {});
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The models of a stored key are not JSON", broken);
        }
    }
}
