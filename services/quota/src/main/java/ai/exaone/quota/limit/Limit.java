package ai.exaone.quota.limit;

import java.time.Instant;
import java.util.Optional;

/**
 * How much of something may be used within a scope of a tenant.
 *
 * @param limitId {@code lim_…}
 * @param value requests, tokens or micro-KRW; 0 refuses everything
 * @param enforcement whether it refuses anything
 * @param raise the last one that was not ended before its time
 * @param updatedBy the subject who set the value last
 */
public record Limit(
        String limitId,
        String tenantId,
        Scope scope,
        LimitKind kind,
        long value,
        Enforcement enforcement,
        Optional<LimitRaise> raise,
        String updatedBy,
        Instant updatedAt) {
    public Limit {
        if (value < 0) {
            throw new IllegalArgumentException("A limit is not negative: " + value);
        }
    }

    /** How much counts at a moment. */
    public long amount(Instant moment) {
        return raise.filter(known -> known.holds(moment))
                .map(known -> Math.max(value, known.value()))
                .orElse(value);
    }

    public boolean isShadow() {
        return enforcement == Enforcement.SHADOW;
    }

    /** The limit after a change. */
    public Limit with(LimitChange change, String by, Instant at) {
        return new Limit(
                limitId,
                tenantId,
                scope,
                kind,
                change.value().orElse(value),
                change.enforcement().orElse(enforcement),
                raise,
                by,
                at);
    }

    public Limit withRaise(Optional<LimitRaise> newRaise) {
        return new Limit(limitId, tenantId, scope, kind, value, enforcement, newRaise, updatedBy, updatedAt);
    }
}
