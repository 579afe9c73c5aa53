package ai.exaone.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What came of requests. Not thread-safe: each event loop has one, and they are added up in the end. */
public final class Tally {
    /** To 0.1 %, up to ten minutes; what is longer counts as that. */
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final long UNIT_NANOS = 1;
    private static final int DIGITS = 3;

    private final Histogram latency = new Histogram(UNIT_NANOS, LONGEST_NANOS, DIGITS);
    private final Histogram first = new Histogram(UNIT_NANOS, LONGEST_NANOS, DIGITS);
    private final Histogram gaps = new Histogram(UNIT_NANOS, LONGEST_NANOS, DIGITS);
    private final Map<String, Long> errors = new TreeMap<>();
    private long completed;
    private long late;
    private long refused;
    private long pieces;
    private long bytes;

    /**
     * A right answer.
     *
     * @param nanos from when it was due to its last byte
     */
    void complete(long nanos) {
        completed++;
        record(latency, nanos);
    }

    /** A right answer that came when the time was over: its latency counts, its throughput does not. */
    void completeLate(long nanos) {
        late++;
        record(latency, nanos);
    }

    /** A stream's first piece of content. */
    void first(long nanos) {
        pieces++;
        record(first, nanos);
    }

    /** A stream's later piece of content, so long after the one before. */
    void gap(long nanos) {
        pieces++;
        record(gaps, nanos);
    }

    void bytes(long count) {
        bytes += count;
    }

    /** An answer that asks to come later: overload, told as it should be. */
    void refuse() {
        refused++;
    }

    void fail(String why) {
        errors.merge(why, 1L, Long::sum);
    }

    void fail(String why, long times) {
        errors.merge(why, times, Long::sum);
    }

    /** Adds another's to this one. */
    public void add(Tally other) {
        latency.add(other.latency);
        first.add(other.first);
        gaps.add(other.gaps);
        other.errors.forEach((why, times) -> errors.merge(why, times, Long::sum));
        completed += other.completed;
        late += other.late;
        refused += other.refused;
        pieces += other.pieces;
        bytes += other.bytes;
    }

    public long completed() {
        return completed;
    }

    /** Right answers after the time was over. */
    public long late() {
        return late;
    }

    public long refused() {
        return refused;
    }

    /** Pieces of content of streams. */
    public long pieces() {
        return pieces;
    }

    public long bytes() {
        return bytes;
    }

    /** How often, by what was wrong. */
    public Map<String, Long> errors() {
        return Map.copyOf(errors);
    }

    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Milliseconds from when requests were due to their answers' last bytes. */
    public Spread latency() {
        return Spread.of(latency);
    }

    /** Milliseconds to the first piece of streams. */
    public Spread first() {
        return Spread.of(first);
    }

    /** Milliseconds between pieces of streams. */
    public Spread gaps() {
        return Spread.of(gaps);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
    }
}
