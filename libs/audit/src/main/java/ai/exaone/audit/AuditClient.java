package ai.exaone.audit;

import ai.exaone.proto.identity.internal.v1.AuditRecordServiceGrpc;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.rpc.RpcErrors;
import io.grpc.Channel;
import java.util.function.Consumer;

/** Hands audit events to identity. Thread-safe. */
public final class AuditClient implements Consumer<RecordAuditEventRequest> {
    private final AuditRecordServiceGrpc.AuditRecordServiceBlockingStub identity;

    public AuditClient(Channel identity) {
        this.identity = AuditRecordServiceGrpc.newBlockingStub(identity);
    }

    @Override
    public void accept(RecordAuditEventRequest event) {
        RpcErrors.call(() -> identity.recordAuditEvent(event));
    }
}
