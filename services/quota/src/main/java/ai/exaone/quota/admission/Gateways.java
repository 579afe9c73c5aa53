package ai.exaone.quota.admission;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each gateway was heard of last. Thread-safe. */
final class Gateways {
    private final QuotaClock clock;
    /** A gateway that was never heard of was heard of now: after a start of quota every gateway has its time to call. */
    private final long since;

    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    Gateways(QuotaClock clock) {
        this.clock = clock;
        this.since = clock.nanos();
    }

    /** Notes a word from a gateway; returns for how long there was none. */
    Duration heard(String gatewayId) {
        long now = clock.nanos();
        Long before = heard.put(gatewayId, now);
        return Duration.ofNanos(now - (before == null ? since : before));
    }

    Duration silence(String gatewayId) {
        return Duration.ofNanos(clock.nanos() - heard.getOrDefault(gatewayId, since));
    }

    /** How many have not been silent for longer; at least one. */
    int within(Duration silence) {
        long since = clock.nanos() - silence.toNanos();
        return Math.max(
                1, (int) heard.values().stream().filter(last -> last >= since).count());
    }

    /** Forgets gateways that have been silent for longer. */
    void forget(Duration silence) {
        heard.keySet().removeIf(gatewayId -> silence(gatewayId).compareTo(silence) > 0);
    }
}
