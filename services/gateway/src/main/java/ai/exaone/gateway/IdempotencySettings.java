package ai.exaone.gateway;

import ai.exaone.gateway.idempotency.IdempotencyConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What is kept of calls with an idempotency key.
 *
 * @param retention how long a key is remembered
 * @param longestWait how long a repeated call waits for the first
 * @param lease how long a call is taken to run after its gateway last said so
 * @param largestResultBytes of the largest result that is kept
 * @param mostProjectBytes kept of one project, at which no more keys of it are taken
 */
@ConfigurationProperties("exaone.gateway.idempotency")
public record IdempotencySettings(
        @Bindable(defaultValue = "24h") Duration retention,
        @Bindable(defaultValue = "55s") Duration longestWait,
        @Bindable(defaultValue = "20s") Duration lease,
        @Bindable(defaultValue = "8388608") int largestResultBytes,
        @Bindable(defaultValue = "1073741824") long mostProjectBytes) {
    private static final String KEY = "exaone.gateway.idempotency.";

    public IdempotencySettings {
        RelaySettings.requireSome(KEY + "retention", retention);
        RelaySettings.requireSome(KEY + "longest-wait", longestWait);
        RelaySettings.requireSome(KEY + "lease", lease);
        requireSome("largest-result-bytes", largestResultBytes);
        requireSome("most-project-bytes", mostProjectBytes);
    }

    IdempotencyConfig config() {
        return new IdempotencyConfig(retention, longestWait, lease, largestResultBytes, mostProjectBytes);
    }

    private static void requireSome(String key, long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(KEY + key + " must be at least 1, not " + bytes);
        }
    }
}
