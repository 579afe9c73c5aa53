package ai.exaone.gateway.health;

import ai.exaone.gateway.queue.Priority;
import ai.exaone.gateway.queue.QueueListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures how calls wait for busy models. Thread-safe. */
public final class QueueMetrics implements QueueListener {
    private final MeterRegistry registry;
    private final Map<Labels, AtomicInteger> waiting = new ConcurrentHashMap<>();
    private final Map<Labels, Timer> waits = new ConcurrentHashMap<>();
    private final Map<Labels, Counter> refusals = new ConcurrentHashMap<>();

    public QueueMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Labels(String model, String priority, String end) {
        static Labels of(String model, Priority priority) {
            return new Labels(model, priority.name().toLowerCase(Locale.ROOT), "");
        }

        Labels with(End how) {
            return new Labels(model, priority, how.name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public void waits(String model, Priority priority) {
        length(Labels.of(model, priority)).incrementAndGet();
    }

    @Override
    public void over(String model, Priority priority, End end, long waitedNanos) {
        Labels labels = Labels.of(model, priority);
        if (waitedNanos >= 0) {
            length(labels).decrementAndGet();
            waits.computeIfAbsent(labels.with(end), this::waitTimer).record(waitedNanos, TimeUnit.NANOSECONDS);
        }
        if (end == End.FULL) {
            refusals.computeIfAbsent(labels, this::refusalCounter).increment();
        }
    }

    private AtomicInteger length(Labels labels) {
        return waiting.computeIfAbsent(labels, this::lengthGauge);
    }

    private AtomicInteger lengthGauge(Labels labels) {
        AtomicInteger length = new AtomicInteger();
        Gauge.builder("exaone.gateway.queue.calls", length, AtomicInteger::get)
                .description("Calls that wait for a place at a busy model")
                .tag("model", labels.model())
                .tag("priority", labels.priority())
                .register(registry);
        return length;
    }

    private Timer waitTimer(Labels labels) {
        return Timer.builder("exaone.gateway.queue.wait")
                .description("How long calls waited for a place, by how it ended")
                .tag("model", labels.model())
                .tag("priority", labels.priority())
                .tag("end", labels.end())
                .register(registry);
    }

    private Counter refusalCounter(Labels labels) {
        return Counter.builder("exaone.gateway.queue.refused")
                .description("Calls refused because the queue was full")
                .tag("model", labels.model())
                .tag("priority", labels.priority())
                .register(registry);
    }
}
