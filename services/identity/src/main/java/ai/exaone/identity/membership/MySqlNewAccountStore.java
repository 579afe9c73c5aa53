package ai.exaone.identity.membership;

import ai.exaone.identity.id.TenantId;
import ai.exaone.store.Transactions;
import java.time.Clock;

/** New accounts in MySQL or MariaDB. Signing in, which the people's store sees, ends an account's newness. */
public final class MySqlNewAccountStore implements NewAccountStore {
    private final Transactions transactions;
    private final Clock clock;

    public MySqlNewAccountStore(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void reserve(String email, TenantId tenantId) {
        transactions.useTransaction(handle -> handle.createUpdate("""
                        INSERT INTO new_account (email, tenant_id, created_at)
                        VALUES (:email, :tenant, :now)
                        ON DUPLICATE KEY UPDATE tenant_id = :tenant, created_at = :now
                        """)
                .bind("email", email)
                .bind("tenant", tenantId.value())
                .bind("now", clock.instant())
                .execute());
    }

    @Override
    public void release(String email, TenantId tenantId) {
        transactions.useTransaction(
                handle -> handle.createUpdate("DELETE FROM new_account WHERE email = :email AND tenant_id = :tenant")
                        .bind("email", email)
                        .bind("tenant", tenantId.value())
                        .execute());
    }

    @Override
    public boolean isMadeBy(String email, TenantId tenantId) {
        return transactions.withHandle(handle -> handle.createQuery(
                        "SELECT COUNT(*) FROM new_account WHERE email = :email AND tenant_id = :tenant")
                .bind("email", email)
                .bind("tenant", tenantId.value())
                .mapTo(Integer.class)
                .one()
                .equals(1));
    }
}
