package ai.exaone.gateway;

import ai.exaone.gateway.relay.Timeouts;
import io.micronaut.context.annotation.EachProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Timeouts of one model; those that are absent are the general ones.
 *
 * @param model its name
 */
@EachProperty(value = "exaone.gateway.relay.models", list = true)
public record ModelTimeoutSettings(
        String model,
        @Nullable Duration connectTimeout,
        @Nullable Duration firstByteTimeout,
        @Nullable Duration idleTimeout,
        @Nullable Duration totalTimeout) {
    private static final String KEY = "exaone.gateway.relay.models of ";

    public ModelTimeoutSettings {
        requireSome(KEY + model + ": connect-timeout", connectTimeout);
        requireSome(KEY + model + ": first-byte-timeout", firstByteTimeout);
        requireSome(KEY + model + ": idle-timeout", idleTimeout);
        requireSome(KEY + model + ": total-timeout", totalTimeout);
    }

    Timeouts over(Timeouts general) {
        return new Timeouts(
                connectTimeout == null ? general.connect() : connectTimeout,
                firstByteTimeout == null ? general.firstByte() : firstByteTimeout,
                idleTimeout == null ? general.idle() : idleTimeout,
                totalTimeout == null ? general.total() : totalTimeout);
    }

    private static void requireSome(String key, @Nullable Duration timeout) {
        if (timeout != null) {
            RelaySettings.requireSome(key, timeout);
        }
    }
}
