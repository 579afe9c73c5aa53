package ai.exaone.quota.audit;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.internal.v1.AuditRecordServiceGrpc.AuditRecordServiceBlockingStub;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.rpc.RpcErrors;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes audit events from the outbox to identity, the oldest first, and tries again until identity has them: recording one twice changes
 * nothing there. One thread.
 */
public final class AuditDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditDelivery.class);
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final int MOST_TOGETHER = 100;

    private final MySqlAuditOutbox outbox;
    private final AuditRecordServiceBlockingStub identity;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("quota-audit").daemon().factory());
    private boolean failing;

    public AuditDelivery(MySqlAuditOutbox outbox, AuditRecordServiceBlockingStub identity) {
        this.outbox = outbox;
        this.identity = identity;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::attempt, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void attempt() {
        try {
            List<MySqlAuditOutbox.Outgoing> events = outbox.oldest(MOST_TOGETHER);
            events.forEach(this::deliver);
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing) {
                LOG.warn("Audit events wait to be delivered: {}", failure.toString());
            }
            failing = true;
        }
    }

    private void deliver(MySqlAuditOutbox.Outgoing event) {
        RecordAuditEventRequest request = request(event);
        RpcErrors.call(() -> identity.recordAuditEvent(request));
        outbox.remove(event.eventId());
    }

    private static RecordAuditEventRequest request(MySqlAuditOutbox.Outgoing event) {
        try {
            return RecordAuditEventRequest.parseFrom(event.payload());
        } catch (InvalidProtocolBufferException damaged) {
            throw PlatformException.internal(damaged);
        }
    }
}
