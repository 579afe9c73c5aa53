package ai.exaone.quota.limit;

import ai.exaone.proto.quota.v1.CreateLimitRequest;
import ai.exaone.proto.quota.v1.CreateLimitResponse;
import ai.exaone.proto.quota.v1.DeleteLimitRequest;
import ai.exaone.proto.quota.v1.DeleteLimitResponse;
import ai.exaone.proto.quota.v1.GetLimitRequest;
import ai.exaone.proto.quota.v1.GetLimitResponse;
import ai.exaone.proto.quota.v1.LimitServiceGrpc;
import ai.exaone.proto.quota.v1.ListLimitsRequest;
import ai.exaone.proto.quota.v1.ListLimitsResponse;
import ai.exaone.proto.quota.v1.LowerLimitRequest;
import ai.exaone.proto.quota.v1.LowerLimitResponse;
import ai.exaone.proto.quota.v1.RaiseLimitRequest;
import ai.exaone.proto.quota.v1.RaiseLimitResponse;
import ai.exaone.proto.quota.v1.UpdateLimitRequest;
import ai.exaone.proto.quota.v1.UpdateLimitResponse;
import ai.exaone.quota.access.Viewer;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.TimeWire;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;

/** Limits over gRPC. */
public final class LimitEndpoint extends LimitServiceGrpc.LimitServiceImplBase {
    private final Limits limits;

    public LimitEndpoint(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void createLimit(CreateLimitRequest request, StreamObserver<CreateLimitResponse> responses) {
        Limit limit = limits.create(
                request.getTenantId(),
                LimitWire.limit(request.getLimit()),
                CreationRequest.of(request.getTenantId(), request),
                caller());
        responses.onNext(CreateLimitResponse.newBuilder().setLimit(wire(limit)).build());
        responses.onCompleted();
    }

    @Override
    public void getLimit(GetLimitRequest request, StreamObserver<GetLimitResponse> responses) {
        Limit limit = limits.get(request.getTenantId(), request.getLimitId(), Viewer.of(caller()));
        responses.onNext(GetLimitResponse.newBuilder().setLimit(wire(limit)).build());
        responses.onCompleted();
    }

    @Override
    public void listLimits(ListLimitsRequest request, StreamObserver<ListLimitsResponse> responses) {
        Page<Limit> page = limits.list(
                request.getTenantId(),
                Viewer.of(caller()).projectWithin(request.getProjectId()),
                PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListLimitsResponse.newBuilder().setNextPageToken(page.nextToken());
        wire(page.items()).forEach(response::addLimits);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void updateLimit(UpdateLimitRequest request, StreamObserver<UpdateLimitResponse> responses) {
        Limit limit = limits.update(
                request.getTenantId(),
                request.getLimitId(),
                LimitWire.change(request.getLimit(), request.getUpdateMask()),
                caller());
        responses.onNext(UpdateLimitResponse.newBuilder().setLimit(wire(limit)).build());
        responses.onCompleted();
    }

    @Override
    public void raiseLimit(RaiseLimitRequest request, StreamObserver<RaiseLimitResponse> responses) {
        Limit limit = limits.raise(
                request.getTenantId(),
                request.getLimitId(),
                request.getValue(),
                TimeWire.of(request.getUntil()),
                request.getReason(),
                caller());
        responses.onNext(RaiseLimitResponse.newBuilder().setLimit(wire(limit)).build());
        responses.onCompleted();
    }

    @Override
    public void lowerLimit(LowerLimitRequest request, StreamObserver<LowerLimitResponse> responses) {
        Limit limit = limits.lower(request.getTenantId(), request.getLimitId(), caller());
        responses.onNext(LowerLimitResponse.newBuilder().setLimit(wire(limit)).build());
        responses.onCompleted();
    }

    @Override
    public void deleteLimit(DeleteLimitRequest request, StreamObserver<DeleteLimitResponse> responses) {
        limits.delete(request.getTenantId(), request.getLimitId(), caller());
        responses.onNext(DeleteLimitResponse.getDefaultInstance());
        responses.onCompleted();
    }

    private static Principal caller() {
        return CallContext.current().requirePrincipal();
    }

    private ai.exaone.proto.quota.v1.Limit wire(Limit limit) {
        return wire(List.of(limit)).getFirst();
    }

    private List<ai.exaone.proto.quota.v1.Limit> wire(List<Limit> all) {
        Map<String, List<ShadowDay>> refused = limits.wouldHaveRefused(all);
        return all.stream()
                .map(limit -> LimitWire.of(limit, limits.use(limit)).toBuilder()
                        .addAllWouldHaveRefused(refused.getOrDefault(limit.limitId(), List.of()).stream()
                                .map(LimitWire::of)
                                .toList())
                        .build())
                .toList();
    }
}
