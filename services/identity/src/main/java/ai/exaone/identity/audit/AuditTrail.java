package ai.exaone.identity.audit;

import ai.exaone.identity.id.TenantId;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;

/** What is done with the audit log. Thread-safe. */
public final class AuditTrail {
    private final AuditStore store;
    private final ActorNames names;

    public AuditTrail(AuditStore store, ActorNames names) {
        this.store = store;
        this.names = names;
    }

    Page<AuditEvent> list(TenantId tenantId, AuditFilter filter, PageRequest page) {
        return store.list(tenantId, filter, page);
    }

    Page<AuditEvent> listOfPlatform(PageRequest page) {
        return store.listOfPlatform(page);
    }

    /** Stores an event of another service, which names its actor by the subject only. Storing it again changes nothing. */
    void record(AuditEvent event) {
        Actor actor = event.actor();
        String name = names.nameOf(actor.subject()).orElse(actor.subject());
        store.record(new AuditEvent(
                event.id(),
                event.tenantId(),
                event.time(),
                actor.as(actor.subject(), name),
                event.action(),
                event.target(),
                event.before(),
                event.after()));
    }
}
