package ai.exaone.identity.apikey;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.rpc.watch.StoredChanges;
import ai.exaone.rpc.watch.WatchSource;
import java.util.List;
import java.util.Optional;

/** The log {@code keys} on the wire. */
public final class RpcKeyLog implements WatchSource {
    private final MySqlKeyLog log;

    public RpcKeyLog(MySqlKeyLog log) {
        this.log = log;
    }

    @Override
    public String log() {
        return MySqlKeyLog.NAME;
    }

    @Override
    public State state() {
        MySqlKeyLog.Snapshot snapshot = log.snapshot();
        return new State(
                snapshot.revision(),
                snapshot.accepted().stream()
                        .map(key -> StoredChanges.entry(key.id().value(), KeyWire.serialised(key)))
                        .toList());
    }

    @Override
    public Optional<List<Change>> changes(long after, int limit) {
        return StoredChanges.of(log.read(after, limit));
    }
}
