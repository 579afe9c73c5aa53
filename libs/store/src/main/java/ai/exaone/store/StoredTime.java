package ai.exaone.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time as a {@code DATETIME(6)} column keeps it: UTC, in whole microseconds. */
public final class StoredTime {
    private StoredTime() {}

    /** The system's clock in steps of a microsecond, so that an instant equals itself after it was stored and read. */
    public static Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }

    /** The instant that a column keeps: cut, never rounded up into the future. */
    public static Instant of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
