package ai.exaone.quota.audit;

import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Audit events as identity takes them. */
final class AuditWire {
    private AuditWire() {}

    static RecordAuditEventRequest of(AuditEvent event) {
        var wire = RecordAuditEventRequest.newBuilder()
                .setAuditEventId(event.eventId())
                .setTenantId(event.tenantId())
                .setTimeMicros(ChronoUnit.MICROS.between(Instant.EPOCH, event.at()))
                .setActor(event.author().subject())
                .setAction(event.action())
                .setTarget(event.target())
                .setRequestId(event.author().requestId())
                .setClientAddress(event.author().clientAddress());
        if (!event.before().isEmpty()) {
            wire.setBefore(struct(event.before()));
        }
        if (!event.after().isEmpty()) {
            wire.setAfter(struct(event.after()));
        }
        return wire.build();
    }

    private static Struct struct(Map<String, String> values) {
        var struct = Struct.newBuilder();
        values.forEach((name, value) ->
                struct.putFields(name, Value.newBuilder().setStringValue(value).build()));
        return struct.build();
    }
}
