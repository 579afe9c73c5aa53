package ai.exaone.quota.limit;

import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.TimeWire;
import java.util.Optional;

/** Limits on the wire. */
public final class LimitWire {
    private LimitWire() {}

    public static ai.exaone.proto.quota.v1.Limit of(Limit limit, LimitUse use) {
        var wire = ai.exaone.proto.quota.v1.Limit.newBuilder()
                .setLimitId(limit.limitId())
                .setTenantId(limit.tenantId())
                .setProjectId(limit.scope().projectId())
                .setKeyId(limit.scope().keyId())
                .setModel(limit.scope().model())
                .setKind(of(limit.kind()))
                .setValue(limit.value())
                .setUsed(use.used())
                .setCurrentValue(use.amount())
                .setUpdatedBy(limit.updatedBy())
                .setUpdateTime(TimeWire.of(limit.updatedAt()));
        use.resetAt().map(TimeWire::of).ifPresent(wire::setResetTime);
        limit.raise().map(LimitWire::of).ifPresent(wire::setRaise);
        return wire.build();
    }

    /** An entry of the log that gateways follow. */
    static byte[] bytes(Limit limit) {
        return entry(limit).toByteArray();
    }

    /** A limit in the log that gateways follow: without how it stands. */
    static ai.exaone.proto.quota.v1.Limit entry(Limit limit) {
        return of(limit, new LimitUse(0, 0, Optional.empty()));
    }

    static Scope scope(ai.exaone.proto.quota.v1.Limit wire) {
        if (!wire.getKeyId().isEmpty() && wire.getProjectId().isEmpty()) {
            throw invalid("limit.project_id", "is needed with a key");
        }
        return new Scope(wire.getProjectId(), wire.getKeyId(), wire.getModel());
    }

    static LimitKind kind(ai.exaone.proto.quota.v1.LimitKind wire) {
        return switch (wire) {
            case LIMIT_KIND_REQUESTS_PER_MINUTE -> LimitKind.REQUESTS_PER_MINUTE;
            case LIMIT_KIND_TOKENS_PER_MINUTE -> LimitKind.TOKENS_PER_MINUTE;
            case LIMIT_KIND_CONCURRENT_REQUESTS -> LimitKind.CONCURRENT_REQUESTS;
            case LIMIT_KIND_TOKENS_PER_DAY -> LimitKind.TOKENS_PER_DAY;
            case LIMIT_KIND_TOKENS_PER_MONTH -> LimitKind.TOKENS_PER_MONTH;
            case LIMIT_KIND_BUDGET_PER_DAY -> LimitKind.BUDGET_PER_DAY;
            case LIMIT_KIND_BUDGET_PER_MONTH -> LimitKind.BUDGET_PER_MONTH;
            case LIMIT_KIND_UNSPECIFIED, UNRECOGNIZED -> throw invalid("limit.kind", "is required");
        };
    }

    private static ai.exaone.proto.quota.v1.LimitRaise of(LimitRaise raise) {
        return ai.exaone.proto.quota.v1.LimitRaise.newBuilder()
                .setValue(raise.value())
                .setUntil(TimeWire.of(raise.until()))
                .setReason(raise.reason())
                .setRaisedBy(raise.author())
                .setRaiseTime(TimeWire.of(raise.at()))
                .build();
    }

    private static ai.exaone.proto.quota.v1.LimitKind of(LimitKind kind) {
        return switch (kind) {
            case REQUESTS_PER_MINUTE -> ai.exaone.proto.quota.v1.LimitKind.LIMIT_KIND_REQUESTS_PER_MINUTE;
            case TOKENS_PER_MINUTE -> ai.exaone.proto.quota.v1.LimitKind.LIMIT_KIND_TOKENS_PER_MINUTE;
            case CONCURRENT_REQUESTS -> ai.exaone.proto.quota.v1.LimitKind.LIMIT_KIND_CONCURRENT_REQUESTS;
            case TOKENS_PER_DAY -> ai.exaone.proto.quota.v1.LimitKind.LIMIT_KIND_TOKENS_PER_DAY;
            case TOKENS_PER_MONTH -> ai.exaone.proto.quota.v1.LimitKind.LIMIT_KIND_TOKENS_PER_MONTH;
            case BUDGET_PER_DAY -> ai.exaone.proto.quota.v1.LimitKind.LIMIT_KIND_BUDGET_PER_DAY;
            case BUDGET_PER_MONTH -> ai.exaone.proto.quota.v1.LimitKind.LIMIT_KIND_BUDGET_PER_MONTH;
        };
    }

    private static PlatformException invalid(String field, String description) {
        return PlatformException.because(LimitError.LIMIT_INVALID, "The limit is not complete.")
                .violation(field, description)
                .build();
    }
}
