package ai.exaone.identity.membership;

import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of memberships, for every store that takes part in a transaction on one. */
public final class MySqlMembershipRows {
    static final String SELECT_MEMBER = """
            SELECT m.tenant_id, m.user_id, p.email, p.display_name, m.role, m.joined_at
              FROM membership m
              JOIN person p ON p.user_id = m.user_id
            """;

    private MySqlMembershipRows() {}

    public static void insert(Handle handle, TenantId tenantId, UserId userId, Role role, Instant joinedAt) {
        handle.createUpdate("""
                        INSERT INTO membership (tenant_id, user_id, role, joined_at)
                        VALUES (:tenant, :user, :role, :joinedAt)
                        """)
                .bind("tenant", tenantId.value())
                .bind("user", userId.value())
                .bind("role", role.name())
                .bind("joinedAt", joinedAt)
                .execute();
    }

    public static Optional<Member> find(Handle handle, TenantId tenantId, UserId userId) {
        return handle.createQuery(SELECT_MEMBER + "WHERE m.tenant_id = :tenant AND m.user_id = :user")
                .bind("tenant", tenantId.value())
                .bind("user", userId.value())
                .map(MySqlMembershipRows::member)
                .findOne();
    }

    static int countAdmins(Handle handle, TenantId tenantId) {
        return handle.createQuery("SELECT COUNT(*) FROM membership WHERE tenant_id = :tenant AND role = 'TENANT_ADMIN'")
                .bind("tenant", tenantId.value())
                .mapTo(Integer.class)
                .one();
    }

    static Member member(ResultSet row, StatementContext context) throws SQLException {
        return new Member(
                new TenantId(row.getString("tenant_id")),
                new UserId(row.getString("user_id")),
                row.getString("email"),
                row.getString("display_name"),
                Role.valueOf(row.getString("role")),
                row.getTimestamp("joined_at").toInstant());
    }
}
