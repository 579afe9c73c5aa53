package ai.exaone.quota.audit;

import ai.exaone.store.Transactions;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Audit events that identity does not have yet. */
public final class MySqlAuditOutbox {
    /**
     * An event on its way.
     *
     * @param payload the message that identity takes. The array is not copied: nobody changes it.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Outgoing(String eventId, byte[] payload) {}

    private final Transactions transactions;

    public MySqlAuditOutbox(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Writes an event down in the transaction of its change. */
    public static void add(Handle handle, AuditEvent event) {
        handle.createUpdate(
                        """
                        INSERT INTO audit_outbox (audit_event_id, payload, created_at)
                        VALUES (:event, :payload, :at)
                        """)
                .bind("event", event.eventId())
                .bind("payload", AuditWire.of(event).toByteArray())
                .bind("at", event.at())
                .execute();
    }

    /** The oldest events. */
    List<Outgoing> oldest(int limit) {
        return transactions.withHandle(
                handle -> handle.createQuery(
                                """
                                SELECT audit_event_id, payload
                                  FROM audit_outbox
                                 ORDER BY audit_event_id
                                 LIMIT :limit
                                """)
                        .bind("limit", limit)
                        .map((row, context) -> new Outgoing(row.getString("audit_event_id"), row.getBytes("payload")))
                        .list());
    }

    void remove(String eventId) {
        transactions.withHandle(handle -> handle.createUpdate("DELETE FROM audit_outbox WHERE audit_event_id = :event")
                .bind("event", eventId)
                .execute());
    }
}
