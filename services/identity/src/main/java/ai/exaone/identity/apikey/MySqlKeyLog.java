package ai.exaone.identity.apikey;

import ai.exaone.identity.tenant.MySqlTenantFollower;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The log {@code keys}: the keys that are accepted now, by their ids, each as a {@code KeyPrincipal}. A key whose end comes by itself
 * stays in it: whoever follows the log compares the end with the clock.
 */
public final class MySqlKeyLog implements MySqlTenantFollower {
    /** The log's name. */
    public static final String NAME = "keys";

    private final Transactions transactions;
    private final ChangeLog log;
    private final Clock clock;

    public MySqlKeyLog(Transactions transactions, ChangeLog log, Clock clock) {
        this.transactions = transactions;
        this.log = log;
        this.clock = clock;
    }

    /** Says, in the caller's transaction, what became of a key; returns the revision. The caller has locked the tenant. */
    long publish(Handle handle, Tenant tenant, ApiKey key) {
        boolean accepted = tenant.isActive() && key.revokedAt().isEmpty();
        return accepted
                ? log.put(handle, key.id().value(), KeyWire.serialised(key))
                : log.delete(handle, key.id().value());
    }

    /** Puts a resumed tenant's keys into the log, or takes a suspended one's out of it. */
    @Override
    public void stateChanged(Handle handle, Tenant tenant) {
        MySqlKeyRows.notRevoked(handle, tenant.id()).forEach(key -> publish(handle, tenant, key));
    }

    long latest(Handle handle) {
        return log.latest(handle);
    }

    /** All accepted keys at one moment, with the revision that holds then. */
    Snapshot snapshot() {
        Instant now = clock.instant();
        return transactions.inSnapshot(handle -> new Snapshot(log.latest(handle), MySqlKeyRows.accepted(handle, now)));
    }

    /** See {@link ChangeLog#read}. The payloads are serialised by {@link KeyWire#serialised}. */
    ChangeLog.Reading read(long after, int limit) {
        return log.read(after, limit);
    }

    /** Forgets all but the newest changes. */
    public void prune(long keep) {
        log.prune(keep);
    }

    /** The log's whole state at a revision. */
    record Snapshot(long revision, List<ApiKey> accepted) {}
}
