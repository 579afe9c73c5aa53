package ai.exaone.identity.audit;

import ai.exaone.proto.identity.internal.v1.AuditRecordServiceGrpc;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventResponse;
import io.grpc.stub.StreamObserver;

/** Takes the audit events of other services. */
public final class AuditRecordEndpoint extends AuditRecordServiceGrpc.AuditRecordServiceImplBase {
    private final AuditTrail trail;

    public AuditRecordEndpoint(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void recordAuditEvent(RecordAuditEventRequest request, StreamObserver<RecordAuditEventResponse> responses) {
        trail.record(AuditWire.event(request));
        responses.onNext(RecordAuditEventResponse.getDefaultInstance());
        responses.onCompleted();
    }
}
