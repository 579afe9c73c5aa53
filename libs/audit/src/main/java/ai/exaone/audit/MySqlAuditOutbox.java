package ai.exaone.audit;

import ai.exaone.ids.IdGenerator;
import ai.exaone.proto.identity.internal.v1.RecordAuditEventRequest;
import ai.exaone.rpc.ServiceName;
import ai.exaone.store.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Audit events on their way to identity. Thread-safe. A service that has one creates its table in a migration of its own:
 *
 * <pre>{@code
 * CREATE TABLE audit_outbox (
 *     audit_event_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
 *     payload        MEDIUMBLOB NOT NULL,
 *     created_at     DATETIME(6) NOT NULL,
 *     PRIMARY KEY (audit_event_id)
 * );
 * }</pre>
 */
public final class MySqlAuditOutbox {
    private final ServiceName self;
    private final Transactions transactions;
    private final IdGenerator ids;
    private final Clock clock;

    public MySqlAuditOutbox(ServiceName self, Transactions transactions, IdGenerator ids, Clock clock) {
        this.self = self;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Writes an act down in the caller's transaction. Whoever the call in the present thread is made for did it. */
    public void record(Handle handle, Act act) {
        Instant now = clock.instant();
        RecordAuditEventRequest event = AuditMessages.of(act, ids.next("aud"), now, self.wireName());
        handle.createUpdate("""
                        INSERT INTO audit_outbox (audit_event_id, payload, created_at)
                        VALUES (:id, :payload, :now)
                        """)
                .bind("id", event.getAuditEventId())
                .bind("payload", event.toByteArray())
                .bind("now", now)
                .execute();
    }

    /** The oldest events that identity may not have yet. */
    List<RecordAuditEventRequest> oldest(int limit) {
        return transactions.withHandle(
                handle -> handle.createQuery("SELECT payload FROM audit_outbox ORDER BY audit_event_id LIMIT :limit")
                        .bind("limit", limit)
                        .map((row, context) -> AuditMessages.parse(row.getBytes("payload")))
                        .list());
    }

    /** Forgets an event that identity has. */
    void remove(String auditEventId) {
        transactions.withHandle(handle -> handle.createUpdate("DELETE FROM audit_outbox WHERE audit_event_id = :id")
                .bind("id", auditEventId)
                .execute());
    }
}
