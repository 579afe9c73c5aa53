package ai.exaone.identity.audit;

import ai.exaone.identity.id.TenantId;
import ai.exaone.proto.identity.v1.AuditServiceGrpc;
import ai.exaone.proto.identity.v1.ListAuditEventsRequest;
import ai.exaone.proto.identity.v1.ListAuditEventsResponse;
import ai.exaone.proto.identity.v1.ListPlatformAuditEventsRequest;
import ai.exaone.proto.identity.v1.ListPlatformAuditEventsResponse;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;

/** The audit log on the wire. */
public final class AuditEndpoint extends AuditServiceGrpc.AuditServiceImplBase {
    private final AuditTrail trail;

    public AuditEndpoint(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void listAuditEvents(ListAuditEventsRequest request, StreamObserver<ListAuditEventsResponse> responses) {
        Page<AuditEvent> page = trail.list(
                new TenantId(request.getTenantId()),
                new AuditFilter(request.getActionPrefix(), request.getTarget()),
                PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListAuditEventsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(AuditWire::of).forEach(response::addAuditEvents);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void listPlatformAuditEvents(
            ListPlatformAuditEventsRequest request, StreamObserver<ListPlatformAuditEventsResponse> responses) {
        Page<AuditEvent> page = trail.listOfPlatform(PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListPlatformAuditEventsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(AuditWire::of).forEach(response::addAuditEvents);
        responses.onNext(response.build());
        responses.onCompleted();
    }
}
