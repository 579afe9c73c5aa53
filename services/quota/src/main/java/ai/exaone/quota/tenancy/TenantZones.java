package ai.exaone.quota.tenancy;

import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tenants' time zones as identity last said them. They are kept in quota's own database: after a start with identity away, days
 * begin where they began before. Thread-safe.
 */
public final class TenantZones implements TimeZones {
    private final MySqlTimeZoneStore store;
    private final ZoneId unknown;
    private final Map<String, ZoneId> zones;

    /**
     * @param unknown the zone of tenants that identity has not told of yet
     */
    public TenantZones(MySqlTimeZoneStore store, ZoneId unknown) {
        this.store = store;
        this.unknown = unknown;
        this.zones = new ConcurrentHashMap<>(store.all());
        put(MySqlTimeZoneStore.OTHER_TENANTS, unknown);
    }

    @Override
    public ZoneId of(String tenantId) {
        return zones.getOrDefault(tenantId, unknown);
    }

    /** Takes over a tenant's zone; what is known already is not written again. */
    void put(String tenantId, ZoneId zone) {
        if (!zone.equals(zones.get(tenantId))) {
            store.put(tenantId, zone);
            zones.put(tenantId, zone);
        }
    }
}
