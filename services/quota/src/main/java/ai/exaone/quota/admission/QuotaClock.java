package ai.exaone.quota.admission;

import ai.exaone.quota.tenancy.TimeZones;
import ai.exaone.store.StoredTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Quota's clock: windows of a minute and the silence of gateways are measured in time that only goes forward, so that setting the
 * machine's clock neither opens nor closes them; days and months are the tenant's calendar's. Thread-safe.
 */
public final class QuotaClock {
    private final Clock wall;
    private final LongSupplier nanos;
    private final TimeZones zones;

    /**
     * @param nanos rises steadily, from any origin
     * @param zones where days and months begin
     */
    public QuotaClock(Clock wall, LongSupplier nanos, TimeZones zones) {
        this.wall = wall;
        this.nanos = nanos;
        this.zones = zones;
    }

    public static QuotaClock system(TimeZones zones) {
        return new QuotaClock(StoredTime.clock(), System::nanoTime, zones);
    }

    /** The time of day, which may be set back and forth. */
    Instant instant() {
        return wall.instant();
    }

    /** Time that only goes forward. */
    long nanos() {
        return nanos.getAsLong();
    }

    /** The calendar of one tenant. */
    TenantCalendar calendar(String tenantId) {
        return new TenantCalendar(this, () -> zones.of(tenantId));
    }

    /** A day that is not later than today anywhere. */
    LocalDate earliestToday() {
        return LocalDate.ofInstant(instant(), ZoneOffset.MIN);
    }
}
