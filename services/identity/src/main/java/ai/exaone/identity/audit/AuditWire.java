package ai.exaone.identity.audit;

import ai.exaone.identity.id.TenantId;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.rpc.TimeWire;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Audit events between the domain and the wire. */
final class AuditWire {
    private AuditWire() {}

    static ai.exaone.proto.identity.v1.AuditEvent of(AuditEvent event) {
        var wire = ai.exaone.proto.identity.v1.AuditEvent.newBuilder()
                .setAuditEventId(event.id())
                .setTenantId(event.tenantId().map(TenantId::value).orElse(""))
                .setTime(TimeWire.of(event.time()))
                .setActor(event.actor().subject())
                .setActorName(event.actor().name())
                .setAction(event.action())
                .setTarget(event.target())
                .setRequestId(event.actor().requestId())
                .setClientAddress(event.actor().clientAddress());
        event.before().map(AuditWire::struct).ifPresent(wire::setBefore);
        event.after().map(AuditWire::struct).ifPresent(wire::setAfter);
        return wire.build();
    }

    static AuditEvent event(RecordAuditEventRequest wire) {
        return new AuditEvent(
                wire.getAuditEventId(),
                Optional.of(wire.getTenantId()).filter(id -> !id.isEmpty()).map(TenantId::new),
                Instant.EPOCH.plus(wire.getTimeMicros(), ChronoUnit.MICROS),
                new Actor(wire.getActor(), wire.getActor(), wire.getRequestId(), wire.getClientAddress()),
                wire.getAction(),
                wire.getTarget(),
                wire.hasBefore() ? Optional.of(json(wire.getBefore())) : Optional.empty(),
                wire.hasAfter() ? Optional.of(json(wire.getAfter())) : Optional.empty());
    }

    private static Struct struct(String json) {
        var struct = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(json, struct);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("A stored audit event's values are not JSON", broken);
        }
        return struct.build();
    }

    private static String json(Struct struct) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(struct);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
