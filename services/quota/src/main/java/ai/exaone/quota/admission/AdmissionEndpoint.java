package ai.exaone.quota.admission;

import ai.exaone.proto.quota.internal.v1.AdmissionServiceGrpc;
import ai.exaone.proto.quota.internal.v1.AdmitRequest;
import ai.exaone.proto.quota.internal.v1.AdmitResponse;
import ai.exaone.proto.quota.internal.v1.Admitted;
import ai.exaone.proto.quota.internal.v1.RateLimitState;
import ai.exaone.proto.quota.internal.v1.Refused;
import ai.exaone.proto.quota.internal.v1.SettleRequest;
import ai.exaone.proto.quota.internal.v1.SettleResponse;
import ai.exaone.quota.limit.LimitWire;
import ai.exaone.quota.price.TokenCount;
import ai.exaone.quota.usage.UsageWire;
import ai.exaone.rpc.TimeWire;
import io.grpc.stub.StreamObserver;

/** Admission over gRPC. */
public final class AdmissionEndpoint extends AdmissionServiceGrpc.AdmissionServiceImplBase {
    private final Admission admission;

    public AdmissionEndpoint(Admission admission) {
        this.admission = admission;
    }

    @Override
    public void admit(AdmitRequest request, StreamObserver<AdmitResponse> responses) {
        var asked = new AdmissionRequest(
                request.getRequestId(),
                request.getCaller().getTenantId(),
                request.getCaller().getProjectId(),
                request.getCaller().getKeyId(),
                request.getCaller().getAgentId(),
                request.getModel(),
                new TokenCount(request.getInputTokens(), 0, request.getOutputTokens()),
                request.getGatewayId());
        Answer answer = admission.admit(asked, SliceWire.givenBack(request.getGivenBack()));
        responses.onNext(wire(answer));
        responses.onCompleted();
    }

    @Override
    public void settle(SettleRequest request, StreamObserver<SettleResponse> responses) {
        TokenCount used = UsageWire.tokens(
                request.getUsage().getInputTokens(),
                request.getUsage().getCachedInputTokens(),
                request.getUsage().getOutputTokens());
        long amount = admission.settle(request.getTenantId(), request.getRequestId(), used);
        responses.onNext(SettleResponse.newBuilder().setAmountMicros(amount).build());
        responses.onCompleted();
    }

    private static AdmitResponse wire(Answer answer) {
        var response =
                AdmitResponse.newBuilder().setRequests(wire(answer.requests())).setTokens(wire(answer.tokens()));
        switch (answer.decision()) {
            case Decision.Admitted admitted ->
                response.setAdmitted(Admitted.newBuilder().setPriceId(admitted.priceId()));
            case Decision.Refused refused -> response.setRefused(wire(refused));
        }
        return response.build();
    }

    private static Refused wire(Decision.Refused refused) {
        var wire = Refused.newBuilder()
                .setLimit(LimitWire.of(refused.limit(), refused.use()))
                .setReason(refused.reason().name())
                .setMessage(refused.message());
        refused.retryAfter().map(TimeWire::of).ifPresent(wire::setRetryAfter);
        return wire.build();
    }

    private static RateLimitState wire(RateState state) {
        return RateLimitState.newBuilder()
                .setLimit(state.limit())
                .setRemaining(state.remaining())
                .setResetAfter(TimeWire.of(state.resetAfter()))
                .build();
    }
}
