package ai.exaone.identity.apikey;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchSource;
import ai.exaone.store.ChangeLog;
import com.google.protobuf.ByteString;
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
                        .map(key -> entry(key.id().value(), KeyWire.serialised(key)))
                        .toList());
    }

    @Override
    public Optional<List<Change>> changes(long after, int limit) {
        return switch (log.read(after, limit)) {
            case ChangeLog.Reading.Changes(var changes) ->
                Optional.of(changes.stream().map(RpcKeyLog::change).toList());
            case ChangeLog.Reading.StartAgain() -> Optional.empty();
        };
    }

    private static Change change(ai.exaone.store.Change stored) {
        Entry entry = switch (stored.kind()) {
            case PUT -> entry(stored.key(), stored.payload());
            case DELETE ->
                Entry.newBuilder().setKey(stored.key()).setDeleted(true).build();
        };
        return Change.newBuilder()
                .setRevision(stored.revision())
                .setEntry(entry)
                .build();
    }

    private static Entry entry(String key, byte[] value) {
        return Entry.newBuilder()
                .setKey(key)
                .setValue(ByteString.copyFrom(value))
                .build();
    }
}
