package ai.exaone.gateway.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** All lines of one priority. Not thread-safe. */
final class Band<T> {
    /** Lines of tenants that were here, kept as long as there are few: what they had may still be ahead of the others. */
    private static final int REMEMBERED = 1_000;

    private final Priority priority;
    private final ToDoubleFunction<String> weights;
    private final Map<String, Line<T>> lines = new HashMap<>();
    private final Meter meter;
    private int waiting;

    Band(Priority priority, ToDoubleFunction<String> weights) {
        this.priority = priority;
        this.weights = weights;
        this.meter = new Meter(priority.weight());
    }

    Priority priority() {
        return priority;
    }

    Meter meter() {
        return meter;
    }

    int waiting() {
        return waiting;
    }

    Iterable<Line<T>> lines() {
        return lines.values();
    }

    Line<T> line(String tenantId) {
        Line<T> known = lines.get(tenantId);
        if (known != null) {
            return known;
        }
        if (lines.size() >= REMEMBERED) {
            lines.values().removeIf(Line::isIdle);
        }
        Line<T> made = new Line<>(tenantId, this, weights.applyAsDouble(tenantId));
        lines.put(tenantId, made);
        return made;
    }

    /** Weights have changed. */
    void weigh(long now) {
        lines.values().forEach(line -> line.meter().weigh(weights.applyAsDouble(line.tenantId()), now));
    }

    /**
     * Lets something wait.
     *
     * @param memory what tenants may be ahead of one another by when waiting begins, in nanoseconds of one place
     */
    void add(Line<T> line, T item, boolean first, long now, double memory) {
        if (line.waiting() == 0 && waiting > 0) {
            line.meter().raise(least(now), now);
        } else if (waiting == 0) {
            begin(line, now, memory);
        }
        if (first) {
            line.queue().addFirst(item);
        } else {
            line.queue().addLast(item);
        }
        waiting++;
    }

    /** Where the line stands that had least of those that compete. */
    private double least(long now) {
        double least = Double.POSITIVE_INFINITY;
        for (Line<T> line : lines.values()) {
            if (line.waiting() > 0) {
                least = Math.min(least, line.meter().tag(now));
            }
        }
        return least;
    }

    /** Nobody waited: all who have places or want one begin nearly as equals, whatever they had while nobody else wanted it. */
    private void begin(Line<T> joining, long now, double memory) {
        double most = joining.meter().tag(now);
        for (Line<T> line : lines.values()) {
            if (line.running() > 0) {
                most = Math.max(most, line.meter().tag(now));
            }
        }
        for (Line<T> line : lines.values()) {
            if (line.running() > 0 || line == joining) {
                line.meter().raise(most - memory / line.meter().weight(), now);
            }
        }
    }

    boolean remove(Line<T> line, T item) {
        boolean removed = line.queue().remove(item);
        if (removed) {
            waiting--;
        }
        return removed;
    }

    /** The line that had least of those whose first can go now; among equals the one that has the fewest places now. */
    @Nullable
    Line<T> least(long now, Predicate<T> canGo) {
        Line<T> least = null;
        double leastTag = 0;
        for (Line<T> line : lines.values()) {
            T first = line.queue().peekFirst();
            if (first == null) {
                continue;
            }
            double tag = line.meter().tag(now);
            if ((least == null || tag < leastTag || (tag == leastTag && hasFewer(line.meter(), least.meter())))
                    && canGo.test(first)) {
                least = line;
                leastTag = tag;
            }
        }
        return least;
    }

    static boolean hasFewer(Meter one, Meter other) {
        return one.running() / one.weight() < other.running() / other.weight();
    }
}
