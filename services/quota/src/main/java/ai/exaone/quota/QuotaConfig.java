package ai.exaone.quota;

import ai.exaone.quota.admission.AdmissionConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
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
        @Bindable(defaultValue = "30m") Duration longestRequest,
        @Bindable(defaultValue = "10m") Duration memory,
        @Bindable(defaultValue = "8s") Duration writeTimeout) {
    AdmissionConfig admission() {
        return new AdmissionConfig(
                ZoneId.of(timeZone), gatewaySilence, gatewayLoss, longestRequest, memory, writeTimeout);
    }
}
