package ai.exaone.gateway.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether a chat can be answered, part by part. Looks at most once a second. Thread-safe. */
public final class Health {
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final Map<String, BooleanSupplier> parts;
    private final LongSupplier nanos;
    private Map<String, Boolean> seen = Map.of();
    private long seenNanos;

    /**
     * @param parts what must hold, by name, in the order they are told
     * @param nanos a monotonic clock
     */
    public Health(Map<String, BooleanSupplier> parts, LongSupplier nanos) {
        this.parts = new LinkedHashMap<>(parts);
        this.nanos = nanos;
    }

    /** Each part with whether it holds. */
    public synchronized Map<String, Boolean> look() {
        long now = nanos.getAsLong();
        if (seen.isEmpty() || now - seenNanos > REMEMBERED.toNanos()) {
            Map<String, Boolean> looked = new LinkedHashMap<>();
            parts.forEach((name, holds) -> looked.put(name, holds.getAsBoolean()));
            seen = looked;
            seenNanos = nanos.getAsLong();
        }
        return seen;
    }
}
