package ai.exaone.serving.audit;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.internal.v1.AuditRecordServiceGrpc.AuditRecordServiceBlockingStub;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.rpc.RpcErrors;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes audit events to identity, in their order, until it has them. Its owner closes it. */
public final class AuditDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditDelivery.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 100;

    private final MySqlAuditOutbox outbox;
    private final AuditRecordServiceBlockingStub identity;
    private final Thread worker;

    public AuditDelivery(MySqlAuditOutbox outbox, AuditRecordServiceBlockingStub identity) {
        this.outbox = outbox;
        this.identity = identity;
        this.worker = Thread.ofVirtual().name("audit-delivery").unstarted(this::work);
    }

    public void start() {
        worker.start();
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                deliver();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver() {
        try {
            List<RecordAuditEventRequest> events = outbox.oldest(BATCH);
            for (RecordAuditEventRequest event : events) {
                record(event);
                outbox.remove(event.getAuditEventId());
            }
        } catch (PlatformException failure) {
            LOG.debug("Audit events wait for the next attempt", failure);
        } catch (RuntimeException defect) {
            LOG.warn("Audit events cannot be delivered", defect);
        }
    }

    /** An event that identity will never take must not keep back those behind it. */
    private void record(RecordAuditEventRequest event) {
        try {
            RpcErrors.call(() -> identity.recordAuditEvent(event));
        } catch (PlatformException refusal) {
            if (refusal.category() != ErrorCategory.INVALID_ARGUMENT) {
                throw refusal;
            }
            LOG.error("Identity refuses audit event {} ({} of {})", event.getAuditEventId(), event.getAction(), event.getTarget(), refusal);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
