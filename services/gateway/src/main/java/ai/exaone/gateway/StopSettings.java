package ai.exaone.gateway;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How the gateway stops when it is asked to.
 *
 * @param delay how long it takes connections although {@code /health} says that it stops: what a balancer needs to look
 * @param patience how long calls may go on after that
 */
@ConfigurationProperties("exaone.gateway.stop")
public record StopSettings(
        @Bindable(defaultValue = "0s") Duration delay,
        @Bindable(defaultValue = "30s") Duration patience) {
    public StopSettings {
        requireTime("exaone.gateway.stop.delay", delay);
        requireTime("exaone.gateway.stop.patience", patience);
    }

    private static void requireTime(String key, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(key + " must be a time such as 5s, not " + time);
        }
    }
}
