package ai.exaone.gateway;

import ai.exaone.gateway.queue.QueueConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How calls wait for a busy model, whose engines say how many calls they answer at once.
 *
 * @param longestWait of one call
 * @param waitingPerPlace how many calls wait at the most for each that is answered; 0 lets nobody wait
 */
@ConfigurationProperties("exaone.gateway.queue")
public record QueueSettings(
        @Bindable(defaultValue = "2m") Duration longestWait,
        @Bindable(defaultValue = "32") int waitingPerPlace) {
    private static final String KEY = "exaone.gateway.queue.";

    public QueueSettings {
        RelaySettings.requireSome(KEY + "longest-wait", longestWait);
        if (waitingPerPlace < 0) {
            throw new IllegalArgumentException(KEY + "waiting-per-place must not be less than 0");
        }
    }

    QueueConfig config() {
        return new QueueConfig(longestWait, waitingPerPlace);
    }
}
