package ai.exaone.gateway.admission;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.proto.quota.internal.v1.AdmissionServiceGrpc;
import ai.exaone.proto.quota.internal.v1.AdmitRequest;
import ai.exaone.proto.quota.internal.v1.AdmitResponse;
import ai.exaone.proto.quota.internal.v1.CallerIdentity;
import ai.exaone.proto.quota.internal.v1.GivenBackUnits;
import ai.exaone.proto.quota.internal.v1.RateLimitState;
import ai.exaone.proto.quota.internal.v1.Refused;
import ai.exaone.proto.quota.internal.v1.SettleRequest;
import ai.exaone.proto.quota.internal.v1.SettleResponse;
import ai.exaone.proto.quota.internal.v1.TokenUsage;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcErrors;
import com.google.protobuf.Duration;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks quota for every call: one Admit before it, one Settle after it. */
public final class QuotaAdmission implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaAdmission.class);
    private static final long ADMIT_MILLIS = 5_000;
    /** The caller's last byte waits for the settlement: not for long. */
    private static final long SETTLE_MILLIS = 2_000;

    private final AdmissionServiceGrpc.AdmissionServiceStub quota;
    private final String gatewayId;

    public QuotaAdmission(Channel quota, String gatewayId) {
        this.quota = AdmissionServiceGrpc.newStub(quota);
        this.gatewayId = gatewayId;
    }

    @Override
    public CompletionStage<Decision> admit(HoldRequest hold) {
        return admit(hold, GivenBack.NOTHING);
    }

    /** As {@link #admit(HoldRequest)}, after giving something back. */
    public CompletionStage<Decision> admit(HoldRequest hold, GivenBack given) {
        AdmitRequest.Builder request = AdmitRequest.newBuilder()
                .setRequestId(hold.requestId())
                .setModel(hold.model())
                .setInputTokens(hold.inputTokens())
                .setOutputTokens(hold.outputTokens())
                .setGatewayId(gatewayId)
                .setCaller(caller(hold));
        if (!given.slices().isEmpty()) {
            request.setGivenBack(wire(given));
        }
        Reply<AdmitResponse> reply = new Reply<>();
        quota.withDeadlineAfter(ADMIT_MILLIS, TimeUnit.MILLISECONDS).admit(request.build(), reply);
        return reply.stage().handle((response, failure) -> {
            if (failure != null) {
                throw notVerifiable(failure);
            }
            return decision(response);
        });
    }

    private static Decision decision(AdmitResponse response) {
        RateLimits limits = new RateLimits(
                response.hasRequests() ? state(response.getRequests()) : Optional.empty(),
                response.hasTokens() ? state(response.getTokens()) : Optional.empty());
        return switch (response.getDecisionCase()) {
            case ADMITTED -> new Decision.Admitted(limits, Optional.empty());
            case REFUSED -> new Decision.Refused(limits, refusal(response.getRefused()));
            case DECISION_NOT_SET ->
                throw PlatformException.internal(new IllegalStateException("Quota decided nothing"));
        };
    }

    @Override
    public CompletionStage<OptionalLong> settle(HoldRequest hold, TokenCounts used) {
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
        Reply<SettleResponse> reply = new Reply<>();
        quota.withDeadlineAfter(SETTLE_MILLIS, TimeUnit.MILLISECONDS).settle(request, reply);
        return reply.stage().handle((response, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "The hold of {} is not settled yet; its record in the ledger will settle it",
                        hold.requestId(),
                        failure);
                return OptionalLong.empty();
            }
            return OptionalLong.of(response.getAmountMicros());
        });
    }

    private static PlatformException notVerifiable(Throwable failure) {
        return PlatformException.because(
                        AdmissionError.LIMITS_NOT_VERIFIABLE, "The platform cannot check limits at the moment.")
                .retryAfter(java.time.Duration.ofSeconds(1))
                .cause(failure)
                .build();
    }

    /** A reply that is still to come. */
    private static final class Reply<T> implements StreamObserver<T> {
        private final CompletableFuture<T> stage = new CompletableFuture<>();

        CompletableFuture<T> stage() {
            return stage;
        }

        @Override
        public void onNext(T reply) {
            stage.complete(reply);
        }

        @Override
        public void onError(Throwable failure) {
            stage.completeExceptionally(RpcErrors.received(failure));
        }

        @Override
        public void onCompleted() {
            // What it was to say it said before.
        }
    }

    private static ai.exaone.proto.quota.internal.v1.GivenBack wire(GivenBack given) {
        var wire = ai.exaone.proto.quota.internal.v1.GivenBack.newBuilder()
                .setRunId(given.runId())
                .setSequence(given.sequence());
        given.slices()
                .forEach((limitId, slice) -> wire.addUnits(GivenBackUnits.newBuilder()
                        .setLimitId(limitId)
                        .setUnits(slice.units())
                        .setUnused(slice.unused())
                        .setRunning(slice.running())));
        return wire.build();
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
