package ai.exaone.identity.audit;

import ai.exaone.identity.id.TenantId;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;

/** Keeps audit events. Nothing changes or deletes one. Thread-safe. */
public interface AuditStore {
    /** Stores an event of another service. One with the same id is left as it is. */
    void record(AuditEvent event);

    /** A tenant's events, newest first; those of one moment by id. */
    Page<AuditEvent> list(TenantId tenantId, AuditFilter filter, PageRequest page);

    /** The installation's own events, in the same order. */
    Page<AuditEvent> listOfPlatform(PageRequest page);
}
