package ai.exaone.gateway.health;

import ai.exaone.proto.quota.v1.Outcome;
import ai.exaone.proto.quota.v1.UsageRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Counts calls as they end. Thread-safe. */
public final class CallMetrics implements Consumer<UsageRecord> {
    private final MeterRegistry registry;

    public CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(UsageRecord call) {
        // A refused call may name anything as its model: that must not become a label.
        String model = call.getOutcome() == Outcome.OUTCOME_REFUSED ? "" : call.getModel();
        Timer.builder("exaone.gateway.calls")
                .description("Calls of models, from arrival to end")
                .tag("path", call.getPath())
                .tag("model", model)
                .tag("outcome", call.getOutcome().name())
                .tag("status", Integer.toString(call.getStatus()))
                .register(registry)
                .record(call.getDurationMicros(), TimeUnit.MICROSECONDS);
        if (call.getFirstByteMicros() > 0) {
            Timer.builder("exaone.gateway.first.byte")
                    .description("From arrival to the first byte of the answer")
                    .tag("path", call.getPath())
                    .tag("model", model)
                    .register(registry)
                    .record(call.getFirstByteMicros(), TimeUnit.MICROSECONDS);
        }
        tokens("input", model, call.getInputTokens());
        tokens("output", model, call.getOutputTokens());
    }

    private void tokens(String direction, String model, long tokens) {
        if (tokens > 0) {
            Counter.builder("exaone.gateway.tokens")
                    .description("Tokens used")
                    .tag("direction", direction)
                    .tag("model", model)
                    .register(registry)
                    .increment(tokens);
        }
    }
}
