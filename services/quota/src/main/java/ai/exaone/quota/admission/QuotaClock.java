package ai.exaone.quota.admission;

import ai.exaone.store.StoredTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * Quota's clock: windows of a minute and the silence of gateways are measured in time that only goes forward, so that setting the
 * machine's clock neither opens nor closes them; days and months are the calendar's. Thread-safe.
 */
public final class QuotaClock {
    private final Clock wall;
    private final LongSupplier nanos;
    private final ZoneId zone;

    /**
     * @param nanos rises steadily, from any origin
     * @param zone where days and months begin
     */
    public QuotaClock(Clock wall, LongSupplier nanos, ZoneId zone) {
        this.wall = wall;
        this.nanos = nanos;
        this.zone = zone;
    }

    public static QuotaClock system(ZoneId zone) {
        return new QuotaClock(StoredTime.clock(), System::nanoTime, zone);
    }

    public Moment now() {
        Instant at = wall.instant();
        return new Moment(at, dayOf(at), nanos.getAsLong());
    }

    /** The calendar day of a moment in quota's zone. */
    public LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
