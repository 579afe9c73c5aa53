package ai.exaone.gateway;

import ai.exaone.gateway.relay.RelayConfig;
import ai.exaone.gateway.relay.Timeouts;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How long engines are waited for.
 *
 * @param connectTimeout until a connection stands
 * @param firstByteTimeout from the request to the first piece of the answer
 * @param idleTimeout between two pieces of an answer
 * @param totalTimeout of one call
 */
@ConfigurationProperties("exaone.gateway.relay")
public record RelaySettings(
        @Bindable(defaultValue = "2s") Duration connectTimeout,
        @Bindable(defaultValue = "5m") Duration firstByteTimeout,
        @Bindable(defaultValue = "2m") Duration idleTimeout,
        @Bindable(defaultValue = "1h") Duration totalTimeout) {
    private static final String KEY = "exaone.gateway.relay.";

    public RelaySettings {
        requireSome(KEY + "connect-timeout", connectTimeout);
        requireSome(KEY + "first-byte-timeout", firstByteTimeout);
        requireSome(KEY + "idle-timeout", idleTimeout);
        requireSome(KEY + "total-timeout", totalTimeout);
    }

    /** The relay's bounds, with the timeouts of models that have their own. */
    RelayConfig config(List<ModelTimeoutSettings> ofModels) {
        Timeouts general = new Timeouts(connectTimeout, firstByteTimeout, idleTimeout, totalTimeout);
        Function<ModelTimeoutSettings, Timeouts> filled = own -> own.over(general);
        return RelayConfig.DEFAULTS.with(
                general, ofModels.stream().collect(Collectors.toMap(ModelTimeoutSettings::model, filled)));
    }

    static void requireSome(String key, Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(key + " must be longer than nothing, such as 30s, not " + timeout);
        }
    }
}
