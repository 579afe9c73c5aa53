package ai.exaone.gateway.metering;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the spool is kept.
 *
 * @param directory its own directory, made when absent
 * @param segmentBytes size of a segment, which is taken from the disk when it begins
 * @param reserveBytes free space on the disk below which no call is begun, so that the calls that run can still end
 * @param syncInterval longest time that a written record waits for its fdatasync
 * @param sync whether a call waits for that
 */
public record SpoolConfig(Path directory, long segmentBytes, long reserveBytes, Duration syncInterval, SpoolSync sync) {
    private static final long DEFAULT_SEGMENT_BYTES = 8L << 20;
    private static final long DEFAULT_RESERVE_BYTES = 64L << 20;
    private static final Duration DEFAULT_SYNC_INTERVAL = Duration.ofMillis(20);

    public SpoolConfig {
        if (segmentBytes < SpoolFrame.MAXIMUM_BYTES || segmentBytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("A segment holds from one frame of 64 KiB to 1 GiB: " + segmentBytes);
        }
        if (reserveBytes < 0 || syncInterval.isNegative() || syncInterval.isZero()) {
            throw new IllegalArgumentException("The reserve and the interval of syncs are positive");
        }
    }

    /** The defaults in a directory. */
    public static SpoolConfig in(Path directory, SpoolSync sync) {
        return new SpoolConfig(directory, DEFAULT_SEGMENT_BYTES, DEFAULT_RESERVE_BYTES, DEFAULT_SYNC_INTERVAL, sync);
    }
}
