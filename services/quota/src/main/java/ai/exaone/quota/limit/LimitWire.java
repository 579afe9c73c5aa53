package ai.exaone.quota.limit;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.quota.v1.LimitEnforcement;
import ai.exaone.rpc.TimeWire;
import com.google.protobuf.FieldMask;
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
                .setAgentId(limit.scope().agentId())
                .setModel(limit.scope().models().single())
                .setKind(of(limit.kind()))
                .setValue(limit.value())
                .setEnforcement(of(limit.enforcement()))
                .setUsed(use.used())
                .setCurrentValue(use.amount())
                .setUpdatedBy(limit.updatedBy())
                .setUpdateTime(TimeWire.of(limit.updatedAt()));
        use.resetAt().map(TimeWire::of).ifPresent(wire::setResetTime);
        limit.raise().map(LimitWire::of).ifPresent(wire::setRaise);
        if (limit.scope().models().isGroup()) {
            wire.addAllModels(limit.scope().models().names());
        }
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

    static ai.exaone.proto.quota.v1.ShadowDay of(ShadowDay refused) {
        return ai.exaone.proto.quota.v1.ShadowDay.newBuilder()
                .setDay(refused.day().toString())
                .setRequests(refused.requests())
                .build();
    }

    static NewLimit limit(ai.exaone.proto.quota.v1.Limit wire) {
        return new NewLimit(scope(wire), kind(wire.getKind()), wire.getValue(), enforcement(wire.getEnforcement()));
    }

    /** What of a limit an update's mask names. */
    static LimitChange change(ai.exaone.proto.quota.v1.Limit wire, FieldMask mask) {
        return new LimitChange(
                Optional.of(wire.getValue())
                        .filter(unused -> mask.getPathsList().contains("value")),
                Optional.of(enforcement(wire.getEnforcement()))
                        .filter(unused -> mask.getPathsList().contains("enforcement")));
    }

    private static Enforcement enforcement(LimitEnforcement wire) {
        return switch (wire) {
            case LIMIT_ENFORCEMENT_SHADOW -> Enforcement.SHADOW;
            case LIMIT_ENFORCEMENT_ENFORCED, LIMIT_ENFORCEMENT_UNSPECIFIED -> Enforcement.ENFORCED;
            case UNRECOGNIZED -> throw invalid("limit.enforcement", "is not known");
        };
    }

    private static LimitEnforcement of(Enforcement enforcement) {
        return switch (enforcement) {
            case ENFORCED -> LimitEnforcement.LIMIT_ENFORCEMENT_ENFORCED;
            case SHADOW -> LimitEnforcement.LIMIT_ENFORCEMENT_SHADOW;
        };
    }

    private static Scope scope(ai.exaone.proto.quota.v1.Limit wire) {
        if (!wire.getKeyId().isEmpty() && wire.getProjectId().isEmpty()) {
            throw invalid("limit.project_id", "is needed with a key");
        }
        if (!wire.getAgentId().isEmpty() && wire.getProjectId().isEmpty()) {
            throw invalid("limit.project_id", "is needed with an agent");
        }
        if (!wire.getAgentId().isEmpty() && !wire.getKeyId().isEmpty()) {
            throw invalid("limit.agent_id", "is not given beside a key");
        }
        if (!wire.getModel().isEmpty() && wire.getModelsCount() > 0) {
            throw invalid("limit.models", "are not given beside a model");
        }
        Models models = wire.getModelsCount() == 0 ? Models.of(wire.getModel()) : new Models(wire.getModelsList());
        return new Scope(wire.getProjectId(), wire.getKeyId(), wire.getAgentId(), models);
    }

    private static LimitKind kind(ai.exaone.proto.quota.v1.LimitKind wire) {
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
