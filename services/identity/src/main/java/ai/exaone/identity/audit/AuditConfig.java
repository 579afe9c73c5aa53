package ai.exaone.identity.audit;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long the audit log is kept.
 *
 * @param retentionDays so many days, 1 to 36500
 */
@ConfigurationProperties("exaone.audit")
public record AuditConfig(@Bindable(defaultValue = "400") int retentionDays) {
    private static final int LONGEST = 36_500;

    public AuditConfig {
        if (retentionDays < 1 || retentionDays > LONGEST) {
            throw new IllegalArgumentException(
                    "exaone.audit.retention-days must be 1 to " + LONGEST + ", not " + retentionDays);
        }
    }

    public Duration retention() {
        return Duration.ofDays(retentionDays);
    }
}
