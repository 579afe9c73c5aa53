package ai.exaone.gateway;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What sets this gateway apart.
 *
 * @param id its stable name: quota keeps its holds and its spool's watermark under it
 * @param longestBodyBytes bytes of the longest request that is taken
 * @param responseRetention how long stored responses are kept after their conversation last went on
 */
@ConfigurationProperties("exaone.gateway")
public record GatewayConfig(
        @Bindable(defaultValue = "gateway-1") String id,
        @Bindable(defaultValue = "33554432") int longestBodyBytes,
        @Bindable(defaultValue = "30d") Duration responseRetention) {
    private static final int LONGEST_ID = 64;

    public GatewayConfig {
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("exaone.gateway.id must have 1 to 64 characters, unlike '" + id + "'");
        }
        if (!responseRetention.isPositive()) {
            throw new IllegalArgumentException(
                    "exaone.gateway.response-retention must be longer than nothing, such as 30d, not "
                            + responseRetention);
        }
        if (longestBodyBytes < 1) {
            throw new IllegalArgumentException(
                    "exaone.gateway.longest-body-bytes must be at least 1, not " + longestBodyBytes);
        }
    }
}
