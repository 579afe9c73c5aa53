package ai.exaone.quota.tenancy;

import ai.exaone.store.Transactions;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;

/** The tenants' time zones in MySQL or MariaDB. Thread-safe. */
public final class MySqlTimeZoneStore {
    private final Transactions transactions;

    public MySqlTimeZoneStore(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Each known tenant's zone. */
    Map<String, ZoneId> all() {
        return transactions
                .withHandle(handle -> handle.createQuery("SELECT tenant_id, time_zone FROM tenant_time_zone")
                        .map((row, context) ->
                                Map.entry(row.getString("tenant_id"), ZoneId.of(row.getString("time_zone"))))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void put(String tenantId, ZoneId zone) {
        transactions.withHandle(handle -> handle.createUpdate("""
                        INSERT INTO tenant_time_zone (tenant_id, time_zone)
                        VALUES (:tenant, :zone)
                        ON DUPLICATE KEY UPDATE time_zone = VALUES(time_zone)
                        """)
                .bind("tenant", tenantId)
                .bind("zone", zone.getId())
                .execute());
    }
}
