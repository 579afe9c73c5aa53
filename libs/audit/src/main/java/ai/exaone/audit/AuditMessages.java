package ai.exaone.audit;

import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Acts as identity takes them. */
final class AuditMessages {
    private AuditMessages() {}

    /** An act of whoever the call in the present thread is made for; of the service itself outside of calls. */
    static RecordAuditEventRequest of(Act act, String eventId, Instant at, String service) {
        CallContext call = CallContext.current();
        var event = RecordAuditEventRequest.newBuilder()
                .setAuditEventId(eventId)
                .setTenantId(act.tenantId())
                .setTimeMicros(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .setActor(call.principal().map(Principal::subject).orElse("service:" + service))
                .setAction(act.action())
                .setTarget(act.target())
                .setRequestId(call.requestId())
                .setClientAddress(call.clientAddress());
        act.before().map(AuditMessages::struct).ifPresent(event::setBefore);
        act.after().map(AuditMessages::struct).ifPresent(event::setAfter);
        return event.build();
    }

    static RecordAuditEventRequest parse(byte[] payload) {
        try {
            return RecordAuditEventRequest.parseFrom(payload);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("An audit event was stored malformed", malformed);
        }
    }

    private static Struct struct(Map<String, Object> values) {
        var struct = Struct.newBuilder();
        values.forEach((name, value) -> struct.putFields(name, value(value)));
        return struct.build();
    }

    private static Value value(Object value) {
        return switch (value) {
            case Number number ->
                Value.newBuilder().setNumberValue(number.doubleValue()).build();
            case Boolean truth -> Value.newBuilder().setBoolValue(truth).build();
            case List<?> list -> {
                var items = ListValue.newBuilder();
                list.forEach(item -> items.addValues(value(item)));
                yield Value.newBuilder().setListValue(items).build();
            }
            default -> Value.newBuilder().setStringValue(value.toString()).build();
        };
    }
}
