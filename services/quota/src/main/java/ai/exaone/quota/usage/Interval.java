package ai.exaone.quota.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The interval of time by which usage is summed, in the tenant's zone. */
public enum Interval {
    /** One sum over the whole range. */
    NONE(Optional.empty()),
    HOUR(Optional.of(Duration.ofHours(1))),
    DAY(Optional.of(Duration.ofDays(1))),
    /** Summed by days, for months are not equally long. */
    MONTH(Optional.of(Duration.ofDays(1)));

    private final Optional<Duration> width;

    Interval(Optional<Duration> width) {
        this.width = width;
    }

    /** The width of the buckets that it is summed up from; empty for one bucket. */
    Optional<Duration> width() {
        return width;
    }

    /**
     * When the interval begins that a bucket is in; empty without intervals.
     *
     * @param bucket number of the bucket since the epoch, in local time
     * @param offset of the zone in that bucket
     */
    Optional<Instant> start(long bucket, ZoneOffset offset, ZoneId zone) {
        return switch (this) {
            case NONE -> Optional.empty();
            case HOUR ->
                Optional.of(Instant.ofEpochSecond(bucket * Duration.ofHours(1).toSeconds() - offset.getTotalSeconds()));
            case DAY ->
                Optional.of(LocalDate.ofEpochDay(bucket).atStartOfDay(zone).toInstant());
            case MONTH ->
                Optional.of(LocalDate.ofEpochDay(bucket)
                        .withDayOfMonth(1)
                        .atStartOfDay(zone)
                        .toInstant());
        };
    }
}
