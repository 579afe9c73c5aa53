package ai.exaone.gateway.queue;

import java.util.ArrayDeque;

/**
 * The calls of one priority that one tenant makes of one model: those that have places, and those that wait, in their order. Not
 * thread-safe.
 *
 * @param <T> what waits
 */
public final class Line<T> {
    private final String tenantId;
    private final Band<T> band;
    private final Meter meter;
    private final ArrayDeque<T> waiting = new ArrayDeque<>(4);

    Line(String tenantId, Band<T> band, double weight) {
        this.tenantId = tenantId;
        this.band = band;
        this.meter = new Meter(weight);
    }

    public String tenantId() {
        return tenantId;
    }

    public Priority priority() {
        return band.priority();
    }

    /** How many wait. */
    public int waiting() {
        return waiting.size();
    }

    /** How many have places. */
    public int running() {
        return meter.running();
    }

    Band<T> band() {
        return band;
    }

    Meter meter() {
        return meter;
    }

    ArrayDeque<T> queue() {
        return waiting;
    }

    boolean isIdle() {
        return waiting.isEmpty() && meter.running() == 0;
    }
}
