package ai.exaone.gateway;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How the gateway starts.
 *
 * @param patience how long it waits for keys, routes and limits before it takes connections without them
 */
@ConfigurationProperties("exaone.gateway.start")
public record StartSettings(@Bindable(defaultValue = "10s") Duration patience) {
    public StartSettings {
        if (patience.isNegative()) {
            throw new IllegalArgumentException(
                    "exaone.gateway.start.patience must be a time such as 5s, not " + patience);
        }
    }
}
