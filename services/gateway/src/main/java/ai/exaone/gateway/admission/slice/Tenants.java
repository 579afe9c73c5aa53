package ai.exaone.gateway.admission.slice;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All tenants that call or have limits. Thread-safe. */
final class Tenants {
    private final Map<String, TenantAccounts> tenants = new ConcurrentHashMap<>();
    private final Exchanges exchanges;

    Tenants(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    TenantAccounts of(String tenantId) {
        TenantAccounts known = tenants.get(tenantId);
        return known != null
                ? known
                : tenants.computeIfAbsent(tenantId, unused -> new TenantAccounts(tenantId, exchanges));
    }

    /** Replaces all limits; tenants that are not named have none any more. */
    void replaceAll(Map<String, List<KnownLimit>> limits, long now) {
        tenants.forEach((tenantId, accounts) -> {
            if (!limits.containsKey(tenantId)) {
                accounts.replace(List.of(), now);
            }
        });
        limits.forEach((tenantId, ofTenant) -> replace(tenantId, ofTenant, now));
    }

    /** Replaces one tenant's limits. */
    void replace(String tenantId, List<KnownLimit> limits, long now) {
        of(tenantId).replace(limits, now);
    }
}
