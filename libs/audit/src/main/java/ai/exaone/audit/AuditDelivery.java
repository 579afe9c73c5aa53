package ai.exaone.audit;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes audit events to identity, in their order, until it has them. Recording one again changes nothing there. Its owner closes it. */
public final class AuditDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditDelivery.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 100;

    private final MySqlAuditOutbox outbox;
    private final Consumer<RecordAuditEventRequest> identity;
    private final Thread thread;

    /**
     * @param identity hands one event over; throws {@link PlatformException} if identity does not have it then
     */
    public AuditDelivery(MySqlAuditOutbox outbox, Consumer<RecordAuditEventRequest> identity) {
        this.outbox = outbox;
        this.identity = identity;
        this.thread = Thread.ofVirtual().name("audit-delivery").unstarted(this::work);
    }

    public AuditDelivery start() {
        thread.start();
        return this;
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
            for (RecordAuditEventRequest event : outbox.oldest(BATCH)) {
                handOver(event);
                outbox.remove(event.getAuditEventId());
            }
        } catch (PlatformException failure) {
            LOG.debug("Audit events wait for the next attempt", failure);
        } catch (RuntimeException defect) {
            LOG.warn("Audit events cannot be delivered", defect);
        }
    }

    /** An event that identity will never take does not keep back those behind it. */
    private void handOver(RecordAuditEventRequest event) {
        try {
            identity.accept(event);
        } catch (PlatformException refusal) {
            if (refusal.category() != ErrorCategory.INVALID_ARGUMENT) {
                throw refusal;
            }
            LOG.error(
                    "Identity refuses audit event {} ({} of {})",
                    event.getAuditEventId(),
                    event.getAction(),
                    event.getTarget(),
                    refusal);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
