package ai.exaone.identity.membership;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.keycloak.MySqlMirrorTasks;
import ai.exaone.identity.tenant.MySqlTenantRows;
import ai.exaone.store.Transactions;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Memberships in MySQL or MariaDB. The tenant's row, locked, puts the writes to its memberships in a line. */
public final class MySqlMemberStore implements MemberStore {
    private final Transactions transactions;
    private final MySqlAuditStore audit;
    private final MySqlMirrorTasks mirror;

    public MySqlMemberStore(Transactions transactions, MySqlAuditStore audit, MySqlMirrorTasks mirror) {
        this.transactions = transactions;
        this.audit = audit;
        this.mirror = mirror;
    }

    @Override
    public Page<Member> list(TenantId tenantId, PageRequest page) {
        List<String> after = page.after(2).map(PageToken::values).orElse(List.of("", ""));
        List<Member> rows =
                transactions.withHandle(handle -> handle.createQuery(MySqlMembershipRows.SELECT_MEMBER + """
                                 WHERE m.tenant_id = :tenant
                                   AND (p.email > :email OR (p.email = :email AND m.user_id > :user))
                                 ORDER BY p.email, m.user_id
                                 LIMIT :limit
                                """)
                        .bind("tenant", tenantId.value())
                        .bind("email", after.getFirst())
                        .bind("user", after.getLast())
                        .bind("limit", page.rows())
                        .map(MySqlMembershipRows::member)
                        .list());
        return Page.of(
                page,
                rows,
                member -> PageToken.of(member.email(), member.userId().value()));
    }

    @Override
    public Optional<Role> roleOf(TenantId tenantId, UserId userId) {
        return transactions
                .withHandle(handle -> MySqlMembershipRows.find(handle, tenantId, userId))
                .map(Member::role);
    }

    @Override
    public List<TenantMembership> ofPerson(UserId userId, int limit) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT t.tenant_id, t.name, t.display_name, t.time_zone, t.state, t.created_at, m.role
                          FROM membership m
                          JOIN tenant t ON t.tenant_id = m.tenant_id
                         WHERE m.user_id = :user
                         ORDER BY t.name
                         LIMIT :limit
                        """)
                .bind("user", userId.value())
                .bind("limit", limit)
                .map(MySqlMemberStore::tenantMembership)
                .list());
    }

    @Override
    public Member changeRole(TenantId tenantId, UserId userId, Role role, Act act) {
        return transactions.inTransaction(handle -> {
            Member before = lock(handle, tenantId, userId);
            Member after = before.withRole(role);
            if (role != Role.TENANT_ADMIN) {
                requireAnotherAdmin(handle, before);
            }
            handle.createUpdate("UPDATE membership SET role = :role WHERE tenant_id = :tenant AND user_id = :user")
                    .bind("role", role.name())
                    .bind("tenant", tenantId.value())
                    .bind("user", userId.value())
                    .execute();
            audit.changed(handle, act, Optional.of(tenantId), before, after);
            return after;
        });
    }

    @Override
    public void remove(TenantId tenantId, UserId userId, Act act) {
        transactions.useTransaction(handle -> {
            Member gone = lock(handle, tenantId, userId);
            requireAnotherAdmin(handle, gone);
            handle.createUpdate("DELETE FROM membership WHERE tenant_id = :tenant AND user_id = :user")
                    .bind("tenant", tenantId.value())
                    .bind("user", userId.value())
                    .execute();
            mirror.memberChanged(handle, tenantId, userId);
            audit.deleted(handle, act, Optional.of(tenantId), gone);
        });
    }

    private static Member lock(Handle handle, TenantId tenantId, UserId userId) {
        MySqlTenantRows.lock(handle, tenantId);
        return MySqlMembershipRows.find(handle, tenantId, userId).orElseThrow(MemberError::notFound);
    }

    private static void requireAnotherAdmin(Handle handle, Member leaving) {
        if (leaving.role() == Role.TENANT_ADMIN && MySqlMembershipRows.countAdmins(handle, leaving.tenantId()) == 1) {
            throw new PlatformException(
                    MemberError.LAST_TENANT_ADMIN,
                    "This is the tenant's last admin. Make another member an admin first.");
        }
    }

    private static TenantMembership tenantMembership(ResultSet row, StatementContext context) throws SQLException {
        return new TenantMembership(MySqlTenantRows.tenant(row, context), Role.valueOf(row.getString("role")));
    }
}
