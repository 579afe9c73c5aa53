package ai.exaone.gateway;

import ai.exaone.gateway.metering.SpoolConfig;
import ai.exaone.gateway.metering.SpoolSync;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the gateway keeps what must not be lost.
 *
 * @param spoolDir directory of the usage spool, of this gateway alone
 * @param spoolSync {@code grouped} or {@code always}
 */
@ConfigurationProperties("exaone")
public record StorageConfig(
        Path spoolDir, @Bindable(defaultValue = "grouped") String spoolSync) {
    public StorageConfig {
        sync(spoolSync);
    }

    /** The spool's settings. */
    SpoolConfig spool() {
        return SpoolConfig.in(spoolDir, sync(spoolSync));
    }

    private static SpoolSync sync(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "grouped" -> SpoolSync.GROUPED;
            case "always" -> SpoolSync.ALWAYS;
            default ->
                throw new IllegalArgumentException("exaone.spool-sync must be grouped or always, not '" + name + "'");
        };
    }
}
