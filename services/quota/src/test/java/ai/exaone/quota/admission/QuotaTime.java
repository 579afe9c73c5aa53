package ai.exaone.quota.admission;

import ai.exaone.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

/** Quota's clock in the hands of a test: both of its times move together, unless the calendar alone is set. */
public final class QuotaTime {
    /** Where days begin in tests at first: not where the JVM thinks it is. */
    public static final ZoneId ZONE = ZoneId.of("America/New_York");

    public final MutableClock wall;
    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(3).toNanos());
    private volatile ZoneId zone = ZONE;

    public QuotaTime(Instant start) {
        wall = new MutableClock(start);
    }

    public static QuotaTime started() {
        return new QuotaTime(Instant.parse("2026-03-18T15:30:00.250Z"));
    }

    public QuotaClock clock() {
        return new QuotaClock(wall, nanos::get, tenant -> zone);
    }

    public ZoneId zone() {
        return zone;
    }

    /** Moves every tenant to another zone. */
    public void move(ZoneId other) {
        zone = other;
    }

    public void advance(Duration step) {
        wall.advance(step);
        nanos.addAndGet(step.toNanos());
    }

    /** Moves only what people set: the calendar. */
    public void setCalendar(Instant instant) {
        wall.set(instant);
    }
}
