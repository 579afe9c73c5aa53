package ai.exaone.identity.apikey;

import ai.exaone.identity.request.WireTime;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchSource;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.Transactions;
import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The log {@code keys}: the keys that are accepted now, by their ids, each as a {@link KeyPrincipal}. A key whose end comes by itself
 * stays in it: whoever follows the log compares the end with the clock.
 */
public final class MySqlKeyLog implements WatchSource {
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
                ? log.put(handle, key.id().value(), principal(key).toByteArray())
                : log.delete(handle, key.id().value());
    }

    /** Says, in the caller's transaction, what a tenant's new state means to its keys. The caller has locked the tenant. */
    public void publishAll(Handle handle, Tenant tenant) {
        MySqlKeyRows.notRevoked(handle, tenant.id()).forEach(key -> publish(handle, tenant, key));
    }

    long latest(Handle handle) {
        return log.latest(handle);
    }

    @Override
    public String log() {
        return NAME;
    }

    @Override
    public State state() {
        Instant now = clock.instant();
        return transactions.inSnapshot(handle -> new State(
                log.latest(handle),
                MySqlKeyRows.accepted(handle, now).stream()
                        .map(key -> entry(key.id().value(), principal(key).toByteString()))
                        .toList()));
    }

    @Override
    public Optional<List<Change>> changes(long after, int limit) {
        return switch (log.read(after, limit)) {
            case ChangeLog.Reading.Changes(var changes) ->
                Optional.of(changes.stream().map(MySqlKeyLog::change).toList());
            case ChangeLog.Reading.StartAgain() -> Optional.empty();
        };
    }

    /** Forgets all but the newest changes. */
    public void prune(long keep) {
        log.prune(keep);
    }

    /** Who a key is, as gateways keep it. */
    public static KeyPrincipal principal(ApiKey key) {
        var principal = KeyPrincipal.newBuilder()
                .setKeyId(key.id().value())
                .setTenantId(key.tenantId().value())
                .setProjectId(key.projectId().value())
                .addAllScopes(scopes(key))
                .addAllModels(key.models());
        key.expiresAt().map(WireTime::of).ifPresent(principal::setExpireTime);
        return principal.build();
    }

    private static List<String> scopes(ApiKey key) {
        return key.scopes().stream().sorted().map(KeyScope::wireName).toList();
    }

    private static Change change(ai.exaone.store.Change stored) {
        Entry entry =
                switch (stored.kind()) {
                    case PUT -> entry(stored.key(), ByteString.copyFrom(stored.payload()));
                    case DELETE ->
                        Entry.newBuilder().setKey(stored.key()).setDeleted(true).build();
                };
        return Change.newBuilder().setRevision(stored.revision()).setEntry(entry).build();
    }

    private static Entry entry(String key, ByteString value) {
        return Entry.newBuilder().setKey(key).setValue(value).build();
    }
}
