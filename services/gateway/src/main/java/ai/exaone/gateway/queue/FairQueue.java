package ai.exaone.gateway.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is at one model. Each priority has its part of the places, and within it each tenant by its weight: start-time fair queueing of
 * the time that places are had for. The free place goes to the tenant that has had least of those that wait, so whoever wants its share has
 * it, and what somebody leaves idle goes to the others. What was had while nobody else wanted it is not held against anybody.
 *
 * <p>Who has how many places at once is the owner's matter: it says when a call has one and when no more. Not thread-safe.
 *
 * @param <T> what waits
 */
public final class FairQueue<T> {
    private static final double WEIGHT_OF_NEWEST = 0.1;

    private final List<Band<T>> bands = new ArrayList<>();
    /** How long calls have places lately. */
    private double mean;

    /**
     * @param weights of tenants, more than 0; what it says of a tenant may change, and {@link #weigh} then tells
     */
    public FairQueue(ToDoubleFunction<String> weights) {
        for (Priority priority : Priority.values()) {
            bands.add(new Band<>(priority, weights));
        }
    }

    /** The line that a tenant's calls stand in. Good until the next call of this method. */
    public Line<T> line(String tenantId, Priority priority) {
        return bands.get(priority.ordinal()).line(tenantId);
    }

    /** Weights have changed. */
    public void weigh(long now) {
        bands.forEach(band -> band.weigh(now));
    }

    /** How many wait. */
    public int waiting() {
        int sum = 0;
        for (int i = 0; i < bands.size(); i++) {
            sum += bands.get(i).waiting();
        }
        return sum;
    }

    // Waiting.

    /** Lets something wait behind the others of its line. */
    public void add(Line<T> line, T item, long now) {
        add(line, item, now, false);
    }

    /** Lets something wait before the others of its line. */
    public void addFirst(Line<T> line, T item, long now) {
        add(line, item, now, true);
    }

    private void add(Line<T> line, T item, long now, boolean first) {
        double memory = mean * running();
        Band<T> band = line.band();
        if (band.waiting() == 0 && waiting() > 0) {
            band.meter().raise(leastBand(now), now);
        } else if (band.waiting() == 0) {
            begin(band, now, memory);
        }
        band.add(line, item, first, now, memory);
    }

    /** Takes out something that waits; false where it does not. */
    public boolean remove(Line<T> line, T item) {
        return line.band().remove(line, item);
    }

    /**
     * Takes out what is next.
     *
     * @param canGo whether something could begin now
     */
    public Optional<T> next(long now, Predicate<T> canGo) {
        Band<T> chosen = null;
        Line<T> line = null;
        double least = 0;
        for (Band<T> band : bands) {
            if (band.waiting() == 0) {
                continue;
            }
            double tag = band.meter().tag(now);
            if (chosen == null || tag < least || (tag == least && Band.hasFewer(band.meter(), chosen.meter()))) {
                Line<T> candidate = band.least(now, canGo);
                if (candidate != null) {
                    chosen = band;
                    line = candidate;
                    least = tag;
                }
            }
        }
        if (line == null) {
            return Optional.empty();
        }
        T item = line.queue().getFirst();
        line.band().remove(line, item);
        return Optional.of(item);
    }

    /** The line that is longest for its weight, if anything waits. */
    public Optional<Line<T>> longest() {
        Line<T> longest = null;
        for (Band<T> band : bands) {
            for (Line<T> line : band.lines()) {
                if (line.waiting() > 0 && (longest == null || excess(line, 0) > excess(longest, 0))) {
                    longest = line;
                }
            }
        }
        return Optional.ofNullable(longest);
    }

    /** Whether a line stays longer than another for its weight when the other gets one more. */
    public boolean staysLonger(Line<T> line, Line<T> other) {
        return excess(line, 0) > excess(other, 1);
    }

    private static double excess(Line<?> line, int more) {
        return (line.waiting() + more)
                / (line.meter().weight() * line.priority().weight());
    }

    /** Takes out what came last in a line; null where nothing waits there. */
    public @Nullable T dropLast(Line<T> line) {
        T last = line.queue().peekLast();
        if (last != null) {
            line.band().remove(line, last);
        }
        return last;
    }

    /** Goes through all that waits; it is not to be changed meanwhile. */
    public void forEach(Consumer<T> action) {
        bands.forEach(band -> band.lines().forEach(line -> line.queue().forEach(action)));
    }

    // Having places.

    /**
     * A call has a place, whether it waited or not.
     *
     * @param expectedNanos how long it will likely have it
     */
    public void begin(Line<T> line, long now, double expectedNanos) {
        line.band().meter().begin(now, expectedNanos);
        line.meter().begin(now, expectedNanos);
    }

    /** A call gives its place back; with what it had been begun with. */
    public void end(Line<T> line, long now, long begunAt, double expectedNanos) {
        line.band().meter().end(now, begunAt, expectedNanos);
        line.meter().end(now, begunAt, expectedNanos);
        mean += (mean == 0 ? 1 : WEIGHT_OF_NEWEST) * (now - begunAt - mean);
    }

    /** A line's part of all places while all that want places now go on wanting them: from 0 to 1. */
    public double share(Line<T> line) {
        double tenants = line.isIdle() ? line.meter().weight() : 0;
        for (Line<T> other : line.band().lines()) {
            tenants += other.isIdle() ? 0 : other.meter().weight();
        }
        double priorities = 0;
        for (Band<T> band : bands) {
            boolean wanted =
                    band == line.band() || band.waiting() > 0 || band.meter().running() > 0;
            priorities += wanted ? band.priority().weight() : 0;
        }
        return line.meter().weight() / tenants * line.priority().weight() / priorities;
    }

    // The same for priorities as for the lines of one.

    private double leastBand(long now) {
        double least = Double.POSITIVE_INFINITY;
        for (Band<T> band : bands) {
            if (band.waiting() > 0) {
                least = Math.min(least, band.meter().tag(now));
            }
        }
        return least;
    }

    private void begin(Band<T> joining, long now, double memory) {
        double most = joining.meter().tag(now);
        for (Band<T> band : bands) {
            if (band.meter().running() > 0) {
                most = Math.max(most, band.meter().tag(now));
            }
        }
        for (Band<T> band : bands) {
            if (band.meter().running() > 0 || band == joining) {
                band.meter().raise(most - memory / band.meter().weight(), now);
            }
        }
    }

    private int running() {
        int running = 0;
        for (int i = 0; i < bands.size(); i++) {
            running += bands.get(i).meter().running();
        }
        return running;
    }
}
