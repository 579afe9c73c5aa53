package ai.exaone.identity.membership;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.MySqlAuditStore;
import ai.exaone.identity.id.InvitationId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.keycloak.MySqlMirrorTasks;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.tenant.MySqlTenantRows;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.identity.tenant.TenantError;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Invitations in MySQL or MariaDB. */
public final class MySqlInvitationStore implements InvitationStore {
    private static final String SELECT = """
            SELECT invitation_id, tenant_id, email, role, invited_by, created_at, expires_at
              FROM invitation
            """;

    private final Transactions transactions;
    private final MySqlCreations creations;
    private final MySqlAuditStore audit;
    private final MySqlMirrorTasks mirror;
    private final Clock clock;

    public MySqlInvitationStore(
            Transactions transactions,
            MySqlCreations creations,
            MySqlAuditStore audit,
            MySqlMirrorTasks mirror,
            Clock clock) {
        this.transactions = transactions;
        this.creations = creations;
        this.audit = audit;
        this.mirror = mirror;
        this.clock = clock;
    }

    @Override
    public Optional<Invitation> findRepeated(CreationRequest request) {
        return transactions.withHandle(handle -> creations.find(handle, request).map(id -> everMade(handle, id)));
    }

    @Override
    public Creation<Invitation> insert(
            Invitation invitation, byte[] tokenHash, Optional<CreationRequest> request, Act act) {
        return transactions.inTransaction(handle -> {
            MySqlTenantRows.lock(handle, invitation.tenantId());
            Optional<String> first =
                    creations.claim(handle, request, invitation.id().value());
            if (first.isPresent()) {
                return new Creation.Repeated<>(everMade(handle, first.get()));
            }
            closeOlder(handle, invitation);
            insert(handle, invitation, tokenHash);
            audit.created(handle, act, Optional.of(invitation.tenantId()), invitation);
            return new Creation.Made<>(invitation);
        });
    }

    @Override
    public Page<Invitation> listOpen(TenantId tenantId, PageRequest page) {
        Optional<String> before = page.after();
        List<Invitation> rows = transactions.withHandle(handle -> handle.createQuery(SELECT + """
                                 WHERE tenant_id = :tenant AND closed_at IS NULL AND expires_at > :now
                                   AND (:first OR invitation_id < :before)
                                 ORDER BY invitation_id DESC
                                 LIMIT :limit
                                """)
                .bind("tenant", tenantId.value())
                .bind("now", clock.instant())
                .bind("first", before.isEmpty())
                .bind("before", before.orElse(""))
                .bind("limit", page.rows())
                .map(MySqlInvitationStore::invitation)
                .list());
        return Page.of(page, rows, invitation -> PageToken.of(invitation.id().value()));
    }

    @Override
    public void withdraw(TenantId tenantId, InvitationId invitationId, Act act) {
        transactions.useTransaction(handle -> {
            MySqlTenantRows.lock(handle, tenantId);
            Invitation gone = handle.createQuery(
                            SELECT + "WHERE tenant_id = :tenant AND invitation_id = :id AND closed_at IS NULL")
                    .bind("tenant", tenantId.value())
                    .bind("id", invitationId.value())
                    .map(MySqlInvitationStore::invitation)
                    .findOne()
                    .orElseThrow(MemberError::invitationNotFound);
            close(handle, gone.id());
            audit.deleted(handle, act, Optional.of(tenantId), gone);
        });
    }

    @Override
    public Member accept(byte[] tokenHash, Person person, Act act) {
        TenantId tenantId = transactions
                .withHandle(handle -> findOpen(handle, tokenHash))
                .map(Invitation::tenantId)
                .orElseThrow(MemberError::invitationNotFound);
        return transactions.inTransaction(handle -> {
            Tenant tenant = MySqlTenantRows.lock(handle, tenantId);
            // Read again under the tenant's lock: somebody may have been faster.
            Invitation invitation = findOpen(handle, tokenHash).orElseThrow(MemberError::invitationNotFound);
            requireAcceptable(handle, tenant, invitation, person);
            MySqlMembershipRows.insert(handle, tenantId, person.id(), invitation.role(), clock.instant());
            close(handle, invitation.id());
            mirror.memberChanged(handle, tenantId, person.id());
            Member member =
                    MySqlMembershipRows.find(handle, tenantId, person.id()).orElseThrow();
            audit.created(handle, act, Optional.of(tenantId), member);
            return member;
        });
    }

    private void requireAcceptable(Handle handle, Tenant tenant, Invitation invitation, Person person) {
        if (!invitation.email().equals(person.email())) {
            throw new PlatformException(
                    MemberError.INVITATION_FOR_ANOTHER_PERSON, "The invitation is for another email address.");
        }
        if (invitation.isExpired(clock.instant())) {
            throw new PlatformException(
                    MemberError.INVITATION_EXPIRED, "The invitation is no longer valid. Ask for a new one.");
        }
        if (!tenant.isActive()) {
            throw TenantError.suspended();
        }
        if (MySqlMembershipRows.find(handle, tenant.id(), person.id()).isPresent()) {
            throw new PlatformException(MemberError.MEMBER_EXISTS, "You are a member of this tenant already.");
        }
    }

    private void closeOlder(Handle handle, Invitation invitation) {
        handle.createUpdate("""
                        UPDATE invitation
                           SET closed_at = :now
                         WHERE tenant_id = :tenant AND email = :email AND closed_at IS NULL
                        """)
                .bind("now", clock.instant())
                .bind("tenant", invitation.tenantId().value())
                .bind("email", invitation.email())
                .execute();
    }

    private void close(Handle handle, InvitationId invitationId) {
        handle.createUpdate("UPDATE invitation SET closed_at = :now WHERE invitation_id = :id")
                .bind("now", clock.instant())
                .bind("id", invitationId.value())
                .execute();
    }

    private static void insert(Handle handle, Invitation invitation, byte[] tokenHash) {
        handle.createUpdate("""
                        INSERT INTO invitation (invitation_id, tenant_id, email, role, token_hash, invited_by,
                                                created_at, expires_at)
                        VALUES (:id, :tenant, :email, :role, :hash, :invitedBy, :createdAt, :expiresAt)
                        """)
                .bind("id", invitation.id().value())
                .bind("tenant", invitation.tenantId().value())
                .bind("email", invitation.email())
                .bind("role", invitation.role().name())
                .bind("hash", tokenHash)
                .bind("invitedBy", invitation.invitedBy())
                .bind("createdAt", invitation.createdAt())
                .bind("expiresAt", invitation.expiresAt())
                .execute();
    }

    private static Optional<Invitation> findOpen(Handle handle, byte[] tokenHash) {
        return handle.createQuery(SELECT + "WHERE token_hash = :hash AND closed_at IS NULL")
                .bind("hash", tokenHash)
                .map(MySqlInvitationStore::invitation)
                .findOne();
    }

    private static Invitation everMade(Handle handle, String invitationId) {
        return handle.createQuery(SELECT + "WHERE invitation_id = :id")
                .bind("id", invitationId)
                .map(MySqlInvitationStore::invitation)
                .one();
    }

    private static Invitation invitation(ResultSet row, StatementContext context) throws SQLException {
        return new Invitation(
                new InvitationId(row.getString("invitation_id")),
                new TenantId(row.getString("tenant_id")),
                row.getString("email"),
                Role.valueOf(row.getString("role")),
                row.getString("invited_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }
}
