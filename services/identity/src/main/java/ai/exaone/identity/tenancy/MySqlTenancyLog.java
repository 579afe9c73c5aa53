package ai.exaone.identity.tenancy;

import ai.exaone.identity.project.MySqlProjectFollower;
import ai.exaone.identity.project.MySqlProjectRows;
import ai.exaone.identity.project.Project;
import ai.exaone.identity.tenant.MySqlTenantFollower;
import ai.exaone.identity.tenant.MySqlTenantRows;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.Transactions;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The log {@code tenancy}: every tenant, and every project that was deleted, by their ids, each as a {@code TenancyEntry}. That a
 * project is gone is said and never left to be concluded, so that a follower destroys nothing because an old copy of this database
 * does not know it. Thread-safe.
 */
public final class MySqlTenancyLog implements MySqlTenantFollower, MySqlProjectFollower {
    /** The log's name. */
    public static final String NAME = "tenancy";

    private final Transactions transactions;
    private final ChangeLog log;

    public MySqlTenancyLog(Transactions transactions, ChangeLog log) {
        this.transactions = transactions;
        this.log = log;
    }

    @Override
    public void changed(Handle handle, Tenant tenant) {
        log.put(handle, tenant.id().value(), TenancyWire.serialised(tenant));
    }

    @Override
    public void deleted(Handle handle, Tenant tenant, Project project) {
        log.put(handle, project.id().value(), TenancyWire.serialised(project));
    }

    /** All at one moment, with the revision that holds then. */
    Snapshot snapshot() {
        return transactions.inSnapshot(handle ->
                new Snapshot(log.latest(handle), MySqlTenantRows.all(handle), MySqlProjectRows.deleted(handle)));
    }

    /** See {@link ChangeLog#read}. The payloads are serialised by {@link TenancyWire}. */
    ChangeLog.Reading read(long after, int limit) {
        return log.read(after, limit);
    }

    /** Forgets all but the newest changes. */
    public void prune(long keep) {
        log.prune(keep);
    }

    /** The log's whole state at a revision. */
    record Snapshot(long revision, List<Tenant> tenants, List<Project> deletedProjects) {}
}
