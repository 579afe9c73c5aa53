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
import ai.exaone.proto.quota.v1.UpdateLimitRequest;
import ai.exaone.proto.quota.v1.UpdateLimitResponse;
import ai.exaone.quota.audit.CurrentAuthor;
import ai.exaone.quota.request.Page;
import ai.exaone.quota.request.RequestContent;
import io.grpc.stub.StreamObserver;

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
                LimitWire.scope(request.getLimit()),
                LimitWire.kind(request.getLimit().getKind()),
                request.getLimit().getValue(),
                RequestContent.key(request.getTenantId(), request),
                CurrentAuthor.get());
        responses.onNext(
                CreateLimitResponse.newBuilder().setLimit(wire(limit)).build());
        responses.onCompleted();
    }

    @Override
    public void getLimit(GetLimitRequest request, StreamObserver<GetLimitResponse> responses) {
        Limit limit = limits.get(request.getTenantId(), request.getLimitId(), CurrentAuthor.get());
        responses.onNext(GetLimitResponse.newBuilder().setLimit(wire(limit)).build());
        responses.onCompleted();
    }

    @Override
    public void listLimits(ListLimitsRequest request, StreamObserver<ListLimitsResponse> responses) {
        Page<Limit> page = limits.list(
                request.getTenantId(),
                CurrentAuthor.get().projectWithin(request.getProjectId()),
                request.getPageSize(),
                request.getPageToken());
        var response = ListLimitsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(this::wire).forEach(response::addLimits);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void updateLimit(UpdateLimitRequest request, StreamObserver<UpdateLimitResponse> responses) {
        Limit limit = limits.update(
                request.getTenantId(),
                request.getLimitId(),
                request.getLimit().getValue(),
                CurrentAuthor.get());
        responses.onNext(
                UpdateLimitResponse.newBuilder().setLimit(wire(limit)).build());
        responses.onCompleted();
    }

    @Override
    public void deleteLimit(DeleteLimitRequest request, StreamObserver<DeleteLimitResponse> responses) {
        limits.delete(request.getTenantId(), request.getLimitId(), CurrentAuthor.get());
        responses.onNext(DeleteLimitResponse.getDefaultInstance());
        responses.onCompleted();
    }

    private ai.exaone.proto.quota.v1.Limit wire(Limit limit) {
        return LimitWire.of(limit, limits.use(limit));
    }
}
