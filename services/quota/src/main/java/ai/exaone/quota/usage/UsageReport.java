package ai.exaone.quota.usage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sums over calls.
 *
 * @param lines by time, then by group
 * @param total the sum of them all
 */
public record UsageReport(List<Line> lines, Line total) {
    public UsageReport {
        lines = List.copyOf(lines);
    }

    /**
     * One sum. Adding is exact: sums that leave the range of a long fail.
     *
     * @param group empty without a dimension
     * @param start when the interval begins; empty without intervals
     */
    public record Line(
            String group,
            Optional<Instant> start,
            long requests,
            long refusedRequests,
            long inputTokens,
            long outputTokens,
            long amountMicros) {
        static final Line NOTHING = new Line("", Optional.empty(), 0, 0, 0, 0, 0);

        /** The same sum as that of an interval. */
        Line in(Optional<Instant> interval) {
            return new Line(group, interval, requests, refusedRequests, inputTokens, outputTokens, amountMicros);
        }

        /** This line and what another one counts. */
        Line plus(Line other) {
            return new Line(
                    group,
                    start,
                    Math.addExact(requests, other.requests),
                    Math.addExact(refusedRequests, other.refusedRequests),
                    Math.addExact(inputTokens, other.inputTokens),
                    Math.addExact(outputTokens, other.outputTokens),
                    Math.addExact(amountMicros, other.amountMicros));
        }
    }
}
