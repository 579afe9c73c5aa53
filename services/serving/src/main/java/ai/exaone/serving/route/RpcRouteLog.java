package ai.exaone.serving.route;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchSource;
import ai.exaone.serving.published.PublishedLog;
import ai.exaone.store.ChangeLog;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;

/** Gives a published log out to its watchers. */
public final class RpcRouteLog implements WatchSource {
    private final PublishedLog log;

    public RpcRouteLog(PublishedLog log) {
        this.log = log;
    }

    @Override
    public String log() {
        return log.name();
    }

    @Override
    public State state() {
        PublishedLog.Snapshot snapshot = log.snapshot();
        return new State(
                snapshot.revision(),
                snapshot.entries().stream()
                        .map(entry -> Entry.newBuilder()
                                .setKey(entry.key())
                                .setValue(ByteString.copyFrom(entry.payload()))
                                .build())
                        .toList());
    }

    @Override
    public Optional<List<Change>> changes(long after, int limit) {
        return switch (log.read(after, limit)) {
            case ChangeLog.Reading.StartAgain startAgain -> Optional.empty();
            case ChangeLog.Reading.Changes(List<ai.exaone.store.Change> changes) ->
                Optional.of(changes.stream().map(RpcRouteLog::change).toList());
        };
    }

    private static Change change(ai.exaone.store.Change change) {
        return Change.newBuilder()
                .setRevision(change.revision())
                .setEntry(Entry.newBuilder()
                        .setKey(change.key())
                        .setValue(ByteString.copyFrom(change.payload()))
                        .setDeleted(change.kind() == ai.exaone.store.Change.Kind.DELETE))
                .build();
    }
}
