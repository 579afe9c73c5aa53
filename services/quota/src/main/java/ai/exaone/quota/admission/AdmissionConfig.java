package ai.exaone.quota.admission;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How admission counts and waits.
 *
 * @param timeZone where days and months of limits begin for tenants that identity has not told of yet
 * @param gatewaySilence after this long without a word from a gateway its requests no longer take slots of limits on concurrency
 * @param gatewayLoss after this long all that its requests hold counts as used, until its spool says better
 * @param sliceTerm after this long without a word from a gateway all requests and tokens that it was granted count as used
 * @param longestRequest a request that is open for longer counts as used in full, until better is known
 * @param memory how long a closed request is remembered for repeated calls, at least 122 s more than {@code sliceTerm}
 * @param writeTimeout how long an answer waits to be stored
 */
public record AdmissionConfig(
        ZoneId timeZone,
        Duration gatewaySilence,
        Duration gatewayLoss,
        Duration sliceTerm,
        Duration longestRequest,
        Duration memory,
        Duration writeTimeout) {
    /** Where the settings stand that it is made of. */
    private static final String KEY = "exaone.quota.";

    public static final AdmissionConfig DEFAULT = new AdmissionConfig(
            ZoneId.of("Asia/Seoul"),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMinutes(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(8));

    public AdmissionConfig {
        requireSome("gateway-silence", gatewaySilence);
        requireAtLeast("gateway-loss", gatewayLoss, "gateway-silence", gatewaySilence);
        requireAtLeast("slice-term", sliceTerm, "gateway-silence", gatewaySilence);
        requireAtLeast("longest-request", longestRequest, "gateway-loss", gatewayLoss);
        requireAtLeast("memory", memory, "slice-term and two windows of a minute", exchangesCount(sliceTerm));
        requireSome("write-timeout", writeTimeout);
    }

    /** For how long an exchange of slices can make a difference: until what it granted has lapsed and left the window. */
    Duration exchangesCount() {
        return exchangesCount(sliceTerm);
    }

    private static Duration exchangesCount(Duration sliceTerm) {
        return sliceTerm.plusSeconds(2L * MinuteWindow.CELLS);
    }

    public AdmissionConfig withTimeZone(ZoneId zone) {
        return new AdmissionConfig(zone, gatewaySilence, gatewayLoss, sliceTerm, longestRequest, memory, writeTimeout);
    }

    private static void requireSome(String key, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(KEY + key + " must be longer than nothing, such as 5s, not " + value);
        }
    }

    private static void requireAtLeast(String key, Duration value, String other, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "%s%s must be at least as long as %s (%s), not %s".formatted(KEY, key, other, least, value));
        }
    }
}
