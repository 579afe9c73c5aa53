package ai.exaone.identity.keycloak;

import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.store.Transactions;
import java.util.Optional;

/** Tenants and members, read where their own features keep them: this feature is below them and knows only the columns it needs. */
public final class MySqlMirrorState implements MirrorState {
    private final Transactions transactions;

    public MySqlMirrorState(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Organization> organization(TenantId tenantId) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT name, display_name, state = 'ACTIVE' AS enabled
                          FROM tenant
                         WHERE tenant_id = :tenant
                        """)
                .bind("tenant", tenantId.value())
                .map((row, context) -> new Organization(
                        row.getString("name"), row.getString("display_name"), row.getBoolean("enabled")))
                .findOne());
    }

    @Override
    public Optional<Membership> membership(TenantId tenantId, UserId userId) {
        return transactions.withHandle(handle -> handle.createQuery("""
                        SELECT p.subject, m.user_id IS NOT NULL AS is_member
                          FROM person p
                          LEFT JOIN membership m ON m.user_id = p.user_id AND m.tenant_id = :tenant
                         WHERE p.user_id = :user
                        """)
                .bind("tenant", tenantId.value())
                .bind("user", userId.value())
                .map((row, context) -> new Membership(row.getString("subject"), row.getBoolean("is_member")))
                .findOne());
    }
}
