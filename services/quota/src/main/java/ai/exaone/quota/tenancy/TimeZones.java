package ai.exaone.quota.tenancy;

import java.time.ZoneId;

/** Where each tenant's days and months begin. Thread-safe. */
@FunctionalInterface
public interface TimeZones {
    ZoneId of(String tenantId);
}
