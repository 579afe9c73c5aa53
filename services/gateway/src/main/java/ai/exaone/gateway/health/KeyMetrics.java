package ai.exaone.gateway.health;

import ai.exaone.gateway.idempotency.KeyUse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Counts what became of requests with an idempotency key. Thread-safe. */
public final class KeyMetrics implements Consumer<KeyUse> {
    private final Map<KeyUse, Counter> counters = new EnumMap<>(KeyUse.class);

    public KeyMetrics(MeterRegistry registry) {
        for (KeyUse use : KeyUse.values()) {
            counters.put(
                    use,
                    Counter.builder("exaone.gateway.idempotency.keys")
                            .description("Requests with an idempotency key, by what became of them")
                            .tag("use", use.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    @Override
    public void accept(KeyUse use) {
        Counter counter = counters.get(use);
        if (counter != null) {
            counter.increment();
        }
    }
}
