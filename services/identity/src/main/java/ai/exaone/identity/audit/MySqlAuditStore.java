package ai.exaone.identity.audit;

import ai.exaone.identity.id.TenantId;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.Transactions;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The audit log in the service's own database, so that an act and its record are stored together or not at all. */
public final class MySqlAuditStore implements AuditStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int PRUNE_BATCH = 500;

    private final Transactions transactions;
    private final IdGenerator ids;
    private final Clock clock;

    public MySqlAuditStore(Transactions transactions, IdGenerator ids, Clock clock) {
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Records, in the caller's transaction, that something was made. */
    public void created(Handle handle, Act act, Optional<TenantId> tenantId, Audited made) {
        append(handle, act, tenantId, made.auditTarget(), Optional.empty(), Optional.of(made));
    }

    /** Records, in the caller's transaction, that something was changed. */
    public void changed(Handle handle, Act act, Optional<TenantId> tenantId, Audited before, Audited after) {
        append(handle, act, tenantId, after.auditTarget(), Optional.of(before), Optional.of(after));
    }

    /** Records, in the caller's transaction, that something is gone. */
    public void deleted(Handle handle, Act act, Optional<TenantId> tenantId, Audited gone) {
        append(handle, act, tenantId, gone.auditTarget(), Optional.of(gone), Optional.empty());
    }

    private void append(
            Handle handle,
            Act act,
            Optional<TenantId> tenantId,
            String target,
            Optional<Audited> before,
            Optional<Audited> after) {
        insert(
                handle,
                new AuditEvent(
                        ids.next("aud"),
                        tenantId,
                        clock.instant(),
                        act.actor(),
                        act.action(),
                        target,
                        before.map(MySqlAuditStore::json),
                        after.map(MySqlAuditStore::json)));
    }

    @Override
    public void record(AuditEvent event) {
        transactions.useTransaction(handle -> insert(handle, event));
    }

    @Override
    public Page<AuditEvent> list(TenantId tenantId, AuditFilter filter, PageRequest page) {
        return list(tenantId.value(), filter, page);
    }

    @Override
    public Page<AuditEvent> listOfPlatform(PageRequest page) {
        return list("", AuditFilter.ALL, page);
    }

    /** Forgets events that are older than this, of all tenants. Some at a time: no row is locked for long. */
    public void prune(Duration retention) {
        Instant before = clock.instant().minus(retention);
        transactions.removeInBatches(
                PRUNE_BATCH,
                handle -> handle.createUpdate("""
                        DELETE FROM audit_event WHERE occurred_at < :before ORDER BY occurred_at LIMIT :batch
                        """)
                        .bind("before", before)
                        .bind("batch", PRUNE_BATCH)
                        .execute());
    }

    private static void insert(Handle handle, AuditEvent event) {
        handle.createUpdate("""
                        INSERT INTO audit_event (audit_event_id, tenant_id, occurred_at, actor, actor_name, action, target,
                                                 values_before, values_after, request_id, client_address)
                        VALUES (:id, :tenant, :time, :actor, :actorName, :action, :target,
                                :before, :after, :request, :address)
                        ON DUPLICATE KEY UPDATE audit_event_id = audit_event_id
                        """)
                .bind("id", event.id())
                .bind("tenant", event.tenantId().map(TenantId::value).orElse(""))
                .bind("time", event.time())
                .bind("actor", event.actor().subject())
                .bind("actorName", event.actor().name())
                .bind("action", event.action())
                .bind("target", event.target())
                .bind("before", event.before())
                .bind("after", event.after())
                .bind("request", event.actor().requestId())
                .bind("address", event.actor().clientAddress())
                .execute();
    }

    private Page<AuditEvent> list(String tenantId, AuditFilter filter, PageRequest page) {
        Place after = page.after(2).map(Place::of).orElse(Place.NEWEST);
        List<AuditEvent> rows = transactions.withHandle(handle -> handle.createQuery("""
                        SELECT audit_event_id, tenant_id, occurred_at, actor, actor_name, action, target,
                               values_before, values_after, request_id, client_address
                          FROM audit_event
                         WHERE tenant_id = :tenant
                           AND (:prefix = '' OR LEFT(action, CHAR_LENGTH(:prefix)) = :prefix)
                           AND (:target = '' OR target = :target)
                           AND (:first OR occurred_at < :time OR (occurred_at = :time AND audit_event_id < :id))
                         ORDER BY occurred_at DESC, audit_event_id DESC
                         LIMIT :limit
                        """)
                .bind("tenant", tenantId)
                .bind("prefix", filter.actionPrefix())
                .bind("target", filter.target())
                .bind("first", page.token().isEmpty())
                .bind("time", after.time())
                .bind("id", after.id())
                .bind("limit", page.rows())
                .map(MySqlAuditStore::event)
                .list());
        return Page.of(page, rows, event -> PageToken.of(event.time().toString(), event.id()));
    }

    private static AuditEvent event(ResultSet row, StatementContext context) throws SQLException {
        return new AuditEvent(
                row.getString("audit_event_id"),
                Optional.of(row.getString("tenant_id"))
                        .filter(id -> !id.isEmpty())
                        .map(TenantId::new),
                row.getTimestamp("occurred_at").toInstant(),
                new Actor(
                        row.getString("actor"),
                        row.getString("actor_name"),
                        row.getString("request_id"),
                        row.getString("client_address")),
                row.getString("action"),
                row.getString("target"),
                Optional.ofNullable(row.getString("values_before")),
                Optional.ofNullable(row.getString("values_after")));
    }

    private static String json(Audited thing) {
        try {
            return JSON.writeValueAsString(thing.auditValues());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Audited values are plain", impossible);
        }
    }

    /** Where in the log a page begins. */
    private record Place(Instant time, String id) {
        static final Place NEWEST = new Place(Instant.EPOCH, "");

        static Place of(PageToken token) {
            List<String> values = token.values();
            try {
                return new Place(Instant.parse(values.getFirst()), values.getLast());
            } catch (DateTimeParseException wrong) {
                throw PageToken.invalid();
            }
        }
    }
}
