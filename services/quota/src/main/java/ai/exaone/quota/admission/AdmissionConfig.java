package ai.exaone.quota.admission;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How admission counts and waits.
 *
 * @param timeZone where days and months of limits begin for tenants that identity has not told of yet
 * @param gatewaySilence after this long without a word from a gateway its requests no longer take slots of limits on concurrency
 * @param gatewayLoss after this long all that its requests hold counts as used, until its spool says better
 * @param longestRequest a request that is open for longer counts as used in full, until better is known
 * @param memory how long a closed request is remembered for repeated calls, at least 61 s
 * @param writeTimeout how long an answer waits to be stored
 */
public record AdmissionConfig(
        ZoneId timeZone,
        Duration gatewaySilence,
        Duration gatewayLoss,
        Duration longestRequest,
        Duration memory,
        Duration writeTimeout) {
    public static final AdmissionConfig DEFAULT = new AdmissionConfig(
            ZoneId.of("Asia/Seoul"),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofMinutes(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(8));

    public AdmissionConfig {
        require(gatewaySilence.isPositive(), "The silence of a gateway is measured in some time");
        require(gatewayLoss.compareTo(gatewaySilence) >= 0, "A gateway is silent before it is lost");
        require(longestRequest.compareTo(gatewayLoss) >= 0, "Requests may run longer than a gateway is missed");
        require(memory.toSeconds() >= MinuteWindow.CELLS, "Requests are remembered for the windows they count in");
        require(writeTimeout.isPositive(), "Writing takes some time");
    }

    public AdmissionConfig withTimeZone(ZoneId zone) {
        return new AdmissionConfig(zone, gatewaySilence, gatewayLoss, longestRequest, memory, writeTimeout);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
