package ai.exaone.quota.limit;

import java.time.Instant;

/**
 * How much of something may be used within a scope of a tenant.
 *
 * @param limitId {@code lim_…}
 * @param value requests, tokens or micro-KRW; 0 refuses everything
 * @param updatedBy the subject who set it last
 */
public record Limit(
        String limitId, String tenantId, Scope scope, LimitKind kind, long value, String updatedBy, Instant updatedAt) {
    public Limit {
        if (value < 0) {
            throw new IllegalArgumentException("A limit is not negative: " + value);
        }
    }

    public Limit withValue(long newValue, String by, Instant at) {
        return new Limit(limitId, tenantId, scope, kind, newValue, by, at);
    }
}
