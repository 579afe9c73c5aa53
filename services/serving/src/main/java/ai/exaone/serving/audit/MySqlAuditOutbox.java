package ai.exaone.serving.audit;

import ai.exaone.ids.IdGenerator;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.ServiceName;
import ai.exaone.store.Transactions;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Audit events on their way to identity. One is written in the transaction of its change, and stays until identity has it.
 * Thread-safe. Who acts is whoever the call in the present thread is made for.
 */
public final class MySqlAuditOutbox {
    private static final String SELF = "service:" + ServiceName.SERVING.wireName();

    private final Transactions transactions;
    private final IdGenerator ids;
    private final Clock clock;

    public MySqlAuditOutbox(Transactions transactions, IdGenerator ids, Clock clock) {
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Records in the caller's transaction that something was made. Values are texts, numbers, and lists of them. */
    public void created(Handle handle, String action, String target, Map<String, Object> after) {
        append(handle, action, target, Optional.empty(), Optional.of(after));
    }

    /** Records in the caller's transaction that something was changed. */
    public void changed(
            Handle handle, String action, String target, Map<String, Object> before, Map<String, Object> after) {
        append(handle, action, target, Optional.of(before), Optional.of(after));
    }

    /** Records in the caller's transaction that something is gone. */
    public void deleted(Handle handle, String action, String target, Map<String, Object> before) {
        append(handle, action, target, Optional.of(before), Optional.empty());
    }

    /** The oldest events that identity may not have yet. */
    List<RecordAuditEventRequest> oldest(int limit) {
        return transactions.withHandle(handle -> handle.createQuery(
                        "SELECT payload FROM audit_outbox ORDER BY audit_event_id LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> parsed(row.getBytes("payload")))
                .list());
    }

    /** Forgets an event that identity has. */
    void remove(String auditEventId) {
        transactions.withHandle(handle -> handle.createUpdate("DELETE FROM audit_outbox WHERE audit_event_id = :id")
                .bind("id", auditEventId)
                .execute());
    }

    private void append(
            Handle handle,
            String action,
            String target,
            Optional<Map<String, Object>> before,
            Optional<Map<String, Object>> after) {
        CallContext call = CallContext.current();
        Instant now = clock.instant();
        var event = RecordAuditEventRequest.newBuilder()
                .setAuditEventId(ids.next("aud"))
                .setTimeMicros(ChronoUnit.MICROS.between(Instant.EPOCH, now))
                .setActor(call.principal().map(Principal::subject).orElse(SELF))
                .setAction(action)
                .setTarget(target)
                .setRequestId(call.requestId())
                .setClientAddress(call.clientAddress());
        before.map(MySqlAuditOutbox::struct).ifPresent(event::setBefore);
        after.map(MySqlAuditOutbox::struct).ifPresent(event::setAfter);
        handle.createUpdate(
                        """
                        INSERT INTO audit_outbox (audit_event_id, payload, created_at)
                        VALUES (:id, :payload, :now)
                        """)
                .bind("id", event.getAuditEventId())
                .bind("payload", event.build().toByteArray())
                .bind("now", now)
                .execute();
    }

    private static RecordAuditEventRequest parsed(byte[] payload) {
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
            case Boolean flag -> Value.newBuilder().setBoolValue(flag).build();
            case List<?> list -> {
                List<Value> items = new ArrayList<>();
                list.forEach(item -> items.add(value(item)));
                yield Value.newBuilder()
                        .setListValue(ListValue.newBuilder().addAllValues(items))
                        .build();
            }
            default -> Value.newBuilder().setStringValue(value.toString()).build();
        };
    }
}
