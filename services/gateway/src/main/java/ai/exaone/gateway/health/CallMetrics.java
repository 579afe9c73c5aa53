package ai.exaone.gateway.health;

import ai.exaone.gateway.metering.CallEnd;
import ai.exaone.gateway.metering.EndedCall;
import ai.exaone.proto.quota.v1.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Counts calls as they end. Thread-safe. */
public final class CallMetrics implements Consumer<EndedCall> {
    private final MeterRegistry registry;
    /** Meters are kept here, since finding one in the registry costs more than counting. Their labels bound how many there are. */
    private final Map<Labels, Timer> calls = new ConcurrentHashMap<>();

    private final Map<Labels, Timer> firstBytes = new ConcurrentHashMap<>();
    private final Map<Labels, Counter> tokens = new ConcurrentHashMap<>();

    public CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Labels(String what, String model, String outcome, int status) {}

    @Override
    public void accept(EndedCall call) {
        CallEnd end = call.end();
        String path = call.start().path();
        // A refused call may name anything as its model: that must not become a label.
        String model =
                end.outcome() == Outcome.OUTCOME_REFUSED ? "" : call.start().model();
        calls.computeIfAbsent(new Labels(path, model, end.outcome().name(), end.status()), this::callTimer)
                .record(call.durationMicros(), TimeUnit.MICROSECONDS);
        if (call.firstByteMicros() > 0) {
            firstBytes
                    .computeIfAbsent(new Labels(path, model, "", 0), this::firstByteTimer)
                    .record(call.firstByteMicros(), TimeUnit.MICROSECONDS);
        }
        count("input", model, end.tokens().input());
        count("output", model, end.tokens().output());
    }

    private void count(String direction, String model, long used) {
        if (used > 0) {
            tokens.computeIfAbsent(new Labels(direction, model, "", 0), this::tokenCounter)
                    .increment(used);
        }
    }

    private Timer callTimer(Labels labels) {
        return Timer.builder("exaone.gateway.calls")
                .description("Calls of models, from arrival to end")
                .tag("path", labels.what())
                .tag("model", labels.model())
                .tag("outcome", labels.outcome())
                .tag("status", Integer.toString(labels.status()))
                .register(registry);
    }

    private Timer firstByteTimer(Labels labels) {
        return Timer.builder("exaone.gateway.first.byte")
                .description("From arrival to the first byte of the answer")
                .tag("path", labels.what())
                .tag("model", labels.model())
                .register(registry);
    }

    private Counter tokenCounter(Labels labels) {
        return Counter.builder("exaone.gateway.tokens")
                .description("Tokens used")
                .tag("direction", labels.what())
                .tag("model", labels.model())
                .register(registry);
    }
}
