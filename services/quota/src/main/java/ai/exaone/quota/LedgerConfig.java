package ai.exaone.quota;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The ledger's settings.
 *
 * @param compareEvery from one comparison of the ledger with what is derived from it to the next
 * @param closeAfter from the end of a month to the closing of its statements: so long calls of that month may still come
 */
@ConfigurationProperties("exaone.quota.ledger")
public record LedgerConfig(
        @Bindable(defaultValue = "1h") Duration compareEvery,
        @Bindable(defaultValue = "72h") Duration closeAfter) {
    private static final Duration LEAST_PACE = Duration.ofMinutes(1);
    private static final Duration LONGEST_CLOSING = Duration.ofDays(20);

    public LedgerConfig {
        if (compareEvery.compareTo(LEAST_PACE) < 0) {
            throw new IllegalArgumentException("exaone.quota.ledger.compare-every is at least 1m, not " + compareEvery);
        }
        if (closeAfter.isNegative() || closeAfter.compareTo(LONGEST_CLOSING) > 0) {
            throw new IllegalArgumentException("exaone.quota.ledger.close-after is 0s to 480h, not " + closeAfter);
        }
    }
}
