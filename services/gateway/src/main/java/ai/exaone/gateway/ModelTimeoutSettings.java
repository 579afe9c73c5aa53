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
    Timeouts over(Timeouts general) {
        return new Timeouts(
                connectTimeout == null ? general.connect() : connectTimeout,
                firstByteTimeout == null ? general.firstByte() : firstByteTimeout,
                idleTimeout == null ? general.idle() : idleTimeout,
                totalTimeout == null ? general.total() : totalTimeout);
    }
}
