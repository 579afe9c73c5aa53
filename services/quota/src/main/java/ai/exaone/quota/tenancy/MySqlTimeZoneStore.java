package ai.exaone.quota.tenancy;

import ai.exaone.store.Transactions;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The tenants' time zones in MySQL or MariaDB. Thread-safe. */
public final class MySqlTimeZoneStore {
    /** Stands for tenants whose zone identity has not told yet. */
    static final String OTHER_TENANTS = "";

    /** Where nothing was ever stored, not even for other tenants. */
    private static final ZoneId FIRST = ZoneId.of("Asia/Seoul");

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

    /** The zones of some tenants, as the caller's transaction sees them. */
    public static TimeZones of(Handle handle, Collection<String> tenantIds) {
        Set<String> asked = new HashSet<>(tenantIds);
        asked.add(OTHER_TENANTS);
        Map<String, ZoneId> known = new HashMap<>();
        handle.createQuery("SELECT tenant_id, time_zone FROM tenant_time_zone WHERE tenant_id IN (<tenants>)")
                .bindList("tenants", List.copyOf(asked))
                .map((row, context) -> Map.entry(row.getString("tenant_id"), ZoneId.of(row.getString("time_zone"))))
                .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        ZoneId other = known.getOrDefault(OTHER_TENANTS, FIRST);
        return tenant -> known.getOrDefault(tenant, other);
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
