package ai.exaone.gateway.queue;

/**
 * How long somebody has had places, all of them together, over a weight: its virtual time. A call counts as long as it is expected to take
 * from the moment it begins, longer once it takes longer, and as long as it took when it is over. Times are in nanoseconds. Not thread-safe.
 */
final class Meter {
    private double weight;
    private double done;
    private int running;
    /** The sum of when those that run began; it may overflow, and so does what it is taken from. */
    private long begun;

    private double expected;

    Meter(double weight) {
        this.weight = weight;
    }

    double weight() {
        return weight;
    }

    /** What was had so far keeps its old weight. */
    void weigh(double newWeight, long now) {
        if (newWeight != weight) {
            double before = tag(now);
            weight = newWeight;
            done += before - tag(now);
        }
    }

    int running() {
        return running;
    }

    /** Its virtual time: whose is least has had least. */
    double tag(long now) {
        return done + Math.max(running * now - begun, expected) / weight;
    }

    /** Nobody collects a claim on places by not wanting them: whoever comes anew is at least here. */
    void raise(double virtualTime, long now) {
        double tag = tag(now);
        if (tag < virtualTime) {
            done += virtualTime - tag;
        }
    }

    void begin(long now, double expectedNanos) {
        running++;
        begun += now;
        expected += expectedNanos;
    }

    void end(long now, long begunAt, double expectedNanos) {
        running--;
        begun -= begunAt;
        // Sums of fractions do not come back to nothing by themselves.
        expected = running == 0 ? 0 : expected - expectedNanos;
        done += (now - begunAt) / weight;
    }
}
