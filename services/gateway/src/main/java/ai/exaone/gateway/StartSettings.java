package ai.exaone.gateway;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How the gateway starts.
 *
 * @param patience how long it waits for keys, routes and limits before it takes connections without them
 * @param warmUp how long it may send itself calls before that, so that the first callers' are as quick as later ones; 0s for not at all
 */
@ConfigurationProperties("exaone.gateway.start")
public record StartSettings(
        @Bindable(defaultValue = "10s") Duration patience,
        @Bindable(defaultValue = "700ms") Duration warmUp) {
    public StartSettings {
        if (patience.isNegative()) {
            throw new IllegalArgumentException(
                    "exaone.gateway.start.patience must be a time such as 5s, not " + patience);
        }
        if (warmUp.isNegative()) {
            throw new IllegalArgumentException("exaone.gateway.start.warm-up must be a time such as 1s, not " + warmUp);
        }
    }
}
