package ai.exaone.quota;

import ai.exaone.quota.admission.AdmissionConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;

/**
 * Quota's settings, as {@link AdmissionConfig} explains them.
 *
 * @param timeZone where days and months begin for tenants that identity has not told of yet
 */
@ConfigurationProperties("exaone.quota")
public record QuotaConfig(
        @Bindable(defaultValue = "Asia/Seoul") String timeZone,
        @Bindable(defaultValue = "3s") Duration gatewaySilence,
        @Bindable(defaultValue = "60s") Duration gatewayLoss,
        @Bindable(defaultValue = "10s") Duration sliceTerm,
        @Bindable(defaultValue = "30m") Duration longestRequest,
        @Bindable(defaultValue = "10m") Duration memory,
        @Bindable(defaultValue = "8s") Duration writeTimeout) {
    public QuotaConfig {
        zone(timeZone);
        admission(gatewaySilence, gatewayLoss, sliceTerm, longestRequest, memory, writeTimeout);
    }

    AdmissionConfig admission() {
        return admission(gatewaySilence, gatewayLoss, sliceTerm, longestRequest, memory, writeTimeout)
                .withTimeZone(zone(timeZone));
    }

    private static AdmissionConfig admission(
            Duration gatewaySilence,
            Duration gatewayLoss,
            Duration sliceTerm,
            Duration longestRequest,
            Duration memory,
            Duration writeTimeout) {
        return new AdmissionConfig(
                AdmissionConfig.DEFAULT.timeZone(),
                gatewaySilence,
                gatewayLoss,
                sliceTerm,
                longestRequest,
                memory,
                writeTimeout);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "exaone.quota.time-zone must be a time zone such as Asia/Seoul, not '" + name + "'", unknown);
        }
    }
}
