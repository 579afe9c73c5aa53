package ai.exaone.serving.route;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.rpc.watch.StoredChanges;
import ai.exaone.rpc.watch.WatchSource;
import ai.exaone.serving.published.PublishedLog;
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
                        .map(entry -> StoredChanges.entry(entry.key(), entry.payload()))
                        .toList());
    }

    @Override
    public Optional<List<Change>> changes(long after, int limit) {
        return StoredChanges.of(log.read(after, limit));
    }
}
