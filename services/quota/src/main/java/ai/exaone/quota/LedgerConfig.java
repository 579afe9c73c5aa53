package ai.exaone.quota;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The ledger's settings.
 *
 * @param compareEvery from one comparison of the ledger with what is derived from it to the next
 * @param closeAfter from the end of a month to the closing of its statements: so long calls of that month may still come
 * @param retention how long single calls are kept at least; their sums and statements stay
 */
@ConfigurationProperties("exaone.quota.ledger")
public record LedgerConfig(
        @Bindable(defaultValue = "1h") Duration compareEvery,
        @Bindable(defaultValue = "72h") Duration closeAfter,
        @Bindable(defaultValue = "400d") Duration retention) {
    private static final Duration LEAST_PACE = Duration.ofMinutes(1);
    private static final Duration LONGEST_CLOSING = Duration.ofDays(20);
    /** A month is closed by then, and what is compared each hour is kept. */
    private static final Duration LEAST_RETENTION = Duration.ofDays(62);

    private static final Duration LONGEST_RETENTION = Duration.ofDays(3_660);

    public LedgerConfig {
        if (compareEvery.compareTo(LEAST_PACE) < 0) {
            throw new IllegalArgumentException("exaone.quota.ledger.compare-every is at least 1m, not " + compareEvery);
        }
        if (closeAfter.isNegative() || closeAfter.compareTo(LONGEST_CLOSING) > 0) {
            throw new IllegalArgumentException("exaone.quota.ledger.close-after is 0s to 480h, not " + closeAfter);
        }
        if (retention.compareTo(LEAST_RETENTION) < 0 || retention.compareTo(LONGEST_RETENTION) > 0) {
            throw new IllegalArgumentException("exaone.quota.ledger.retention is 62d to 3660d, not " + retention);
        }
    }
}
