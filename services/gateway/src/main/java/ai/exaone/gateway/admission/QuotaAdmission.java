package ai.exaone.gateway.admission;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.proto.quota.internal.v1.AdmissionServiceGrpc;
import ai.exaone.proto.quota.internal.v1.AdmitRequest;
import ai.exaone.proto.quota.internal.v1.AdmitResponse;
import ai.exaone.proto.quota.internal.v1.CallerIdentity;
import ai.exaone.proto.quota.internal.v1.RateLimitState;
import ai.exaone.proto.quota.internal.v1.Refused;
import ai.exaone.proto.quota.internal.v1.SettleRequest;
import ai.exaone.proto.quota.internal.v1.TokenUsage;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcErrors;
import com.google.protobuf.Duration;
import io.grpc.Channel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks quota for every call: one Admit before it, one Settle after it. */
public final class QuotaAdmission implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaAdmission.class);
    private static final long ADMIT_MILLIS = 5_000;
    /** The caller's last byte waits for the settlement: not for long. */
    private static final long SETTLE_MILLIS = 2_000;

    private final AdmissionServiceGrpc.AdmissionServiceBlockingStub quota;
    private final String gatewayId;

    public QuotaAdmission(Channel quota, String gatewayId) {
        this.quota = AdmissionServiceGrpc.newBlockingStub(quota);
        this.gatewayId = gatewayId;
    }

    @Override
    public Decision admit(HoldRequest hold) {
        AdmitRequest request = AdmitRequest.newBuilder()
                .setRequestId(hold.requestId())
                .setModel(hold.model())
                .setInputTokens(hold.inputTokens())
                .setOutputTokens(hold.outputTokens())
                .setGatewayId(gatewayId)
                .setCaller(caller(hold))
                .build();
        AdmitResponse response = ask(request);
        RateLimits limits = new RateLimits(
                response.hasRequests() ? state(response.getRequests()) : Optional.empty(),
                response.hasTokens() ? state(response.getTokens()) : Optional.empty());
        return switch (response.getDecisionCase()) {
            case ADMITTED -> new Decision.Admitted(limits);
            case REFUSED -> new Decision.Refused(limits, refusal(response.getRefused()));
            case DECISION_NOT_SET ->
                throw PlatformException.internal(new IllegalStateException("Quota decided nothing"));
        };
    }

    @Override
    public void settle(HoldRequest hold, TokenCounts used) {
        SettleRequest request = SettleRequest.newBuilder()
                .setRequestId(hold.requestId())
                .setTenantId(hold.tenantId())
                .setUsage(TokenUsage.newBuilder()
                        .setInputTokens(used.input())
                        .setCachedInputTokens(used.cachedInput())
                        .setOutputTokens(used.output())
                        .setReasoningTokens(used.reasoning())
                        .setEstimated(used.estimated()))
                .build();
        try {
            RpcErrors.call(() -> quota.withDeadlineAfter(SETTLE_MILLIS, TimeUnit.MILLISECONDS)
                    .settle(request));
        } catch (PlatformException failure) {
            LOG.warn(
                    "The hold of {} is not settled yet; its record in the ledger will settle it",
                    hold.requestId(),
                    failure);
        }
    }

    private AdmitResponse ask(AdmitRequest request) {
        try {
            return RpcErrors.call(() ->
                    quota.withDeadlineAfter(ADMIT_MILLIS, TimeUnit.MILLISECONDS).admit(request));
        } catch (PlatformException failure) {
            throw PlatformException.because(
                            AdmissionError.LIMITS_NOT_VERIFIABLE, "The platform cannot check limits at the moment.")
                    .retryAfter(java.time.Duration.ofSeconds(1))
                    .cause(failure)
                    .build();
        }
    }

    private static CallerIdentity caller(HoldRequest hold) {
        Principal principal = hold.principal();
        return CallerIdentity.newBuilder()
                .setTenantId(hold.tenantId())
                .setProjectId(hold.projectId())
                .setKeyId(principal.keyId().orElse(""))
                .setSubject(principal.subject())
                .setAgentId(principal.agentId().orElse(""))
                .setRunId(principal.runId().orElse(""))
                .build();
    }

    private static PlatformException refusal(Refused refused) {
        AdmissionError reason = refused.getReason().equals(AdmissionError.MODEL_WITHOUT_PRICE.name())
                ? AdmissionError.MODEL_WITHOUT_PRICE
                : AdmissionError.QUOTA_EXCEEDED;
        PlatformException.Builder failure = PlatformException.because(reason, refused.getMessage())
                .metadata("limit_id", refused.getLimit().getLimitId())
                .metadata("kind", refused.getLimit().getKind().name());
        if (refused.hasRetryAfter()) {
            failure.retryAfter(time(refused.getRetryAfter()));
        }
        return failure.build();
    }

    private static Optional<RateLimits.State> state(RateLimitState state) {
        return state.getLimit() == 0
                ? Optional.empty()
                : Optional.of(
                        new RateLimits.State(state.getLimit(), state.getRemaining(), time(state.getResetAfter())));
    }

    private static java.time.Duration time(Duration duration) {
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }
}
