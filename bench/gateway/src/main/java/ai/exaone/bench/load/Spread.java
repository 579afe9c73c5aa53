package ai.exaone.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How times spread, in milliseconds.
 *
 * @param count of times; the rest means nothing where it is 0
 */
public record Spread(long count, double p50, double p99, double max) {
    private static final double MEDIAN = 50;
    private static final double NINETY_NINTH = 99;

    static Spread of(Histogram nanos) {
        return new Spread(
                nanos.getTotalCount(),
                milliseconds(nanos.getValueAtPercentile(MEDIAN)),
                milliseconds(nanos.getValueAtPercentile(NINETY_NINTH)),
                milliseconds(nanos.getMaxValue()));
    }

    private static double milliseconds(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
