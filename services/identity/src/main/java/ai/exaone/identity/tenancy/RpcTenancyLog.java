package ai.exaone.identity.tenancy;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.StoredChanges;
import ai.exaone.rpc.watch.WatchSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The log {@code tenancy} on the wire. */
public final class RpcTenancyLog implements WatchSource {
    private final MySqlTenancyLog log;

    public RpcTenancyLog(MySqlTenancyLog log) {
        this.log = log;
    }

    @Override
    public String log() {
        return MySqlTenancyLog.NAME;
    }

    @Override
    public State state() {
        MySqlTenancyLog.Snapshot snapshot = log.snapshot();
        Stream<Entry> tenants = snapshot.tenants().stream()
                .map(tenant -> StoredChanges.entry(tenant.id().value(), TenancyWire.serialised(tenant)));
        Stream<Entry> projects = snapshot.deletedProjects().stream()
                .map(gone -> StoredChanges.entry(gone.id().value(), TenancyWire.serialised(gone)));
        return new State(snapshot.revision(), Stream.concat(tenants, projects).toList());
    }

    @Override
    public Optional<List<Change>> changes(long after, int limit) {
        return StoredChanges.of(log.read(after, limit));
    }
}
