package ai.exaone.identity.keycloak;

import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The list of what must be compared with Keycloak, in MySQL or MariaDB. */
public final class MySqlMirrorTasks implements MirrorTasks {
    private final Transactions transactions;
    private final Clock clock;

    public MySqlMirrorTasks(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Says, in the caller's transaction, that a tenant's organization may have to change. */
    public void organizationChanged(Handle handle, TenantId tenantId) {
        add(handle, tenantId, "");
    }

    /** Says, in the caller's transaction, that a person joined or left a tenant. */
    public void memberChanged(Handle handle, TenantId tenantId, UserId userId) {
        add(handle, tenantId, userId.value());
    }

    @Override
    public List<MirrorTask> claim(int limit, Duration lease) {
        return transactions.inTransaction(handle -> {
            List<MirrorTask> due = handle.createQuery("""
                            SELECT tenant_id, user_id, version, attempts
                              FROM mirror_task
                             WHERE due_at <= :now
                             ORDER BY due_at, tenant_id, user_id
                             LIMIT :limit
                             FOR UPDATE SKIP LOCKED
                            """)
                    .bind("now", clock.instant())
                    .bind("limit", limit)
                    .map(MySqlMirrorTasks::task)
                    .list();
            due.forEach(task -> postpone(handle, task, lease));
            return due;
        });
    }

    @Override
    public void done(MirrorTask task) {
        transactions.useTransaction(handle -> handle.createUpdate("""
                        DELETE FROM mirror_task
                         WHERE tenant_id = :tenant AND user_id = :user AND version = :version
                        """)
                .bind("tenant", task.tenantId().value())
                .bind("user", user(task))
                .bind("version", task.version())
                .execute());
    }

    @Override
    public void retry(MirrorTask task, Duration delay) {
        transactions.useTransaction(handle -> postpone(handle, task, delay));
    }

    private void add(Handle handle, TenantId tenantId, String userId) {
        handle.createUpdate("""
                        INSERT INTO mirror_task (tenant_id, user_id, version, attempts, due_at)
                        VALUES (:tenant, :user, 1, 0, :now)
                        ON DUPLICATE KEY UPDATE version = version + 1, attempts = 0, due_at = :now
                        """)
                .bind("tenant", tenantId.value())
                .bind("user", userId)
                .bind("now", clock.instant())
                .execute();
    }

    private void postpone(Handle handle, MirrorTask task, Duration delay) {
        handle.createUpdate("""
                        UPDATE mirror_task
                           SET attempts = :attempts, due_at = :due
                         WHERE tenant_id = :tenant AND user_id = :user AND version = :version
                        """)
                .bind("attempts", task.attempts() + 1)
                .bind("due", clock.instant().plus(delay))
                .bind("tenant", task.tenantId().value())
                .bind("user", user(task))
                .bind("version", task.version())
                .execute();
    }

    private static String user(MirrorTask task) {
        return task.userId().map(UserId::value).orElse("");
    }

    private static MirrorTask task(ResultSet row, StatementContext context) throws SQLException {
        return new MirrorTask(
                new TenantId(row.getString("tenant_id")),
                Optional.of(row.getString("user_id"))
                        .filter(id -> !id.isEmpty())
                        .map(UserId::new),
                row.getLong("version"),
                row.getInt("attempts"));
    }
}
