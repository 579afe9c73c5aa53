package ai.exaone.quota.limit;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.rpc.watch.StoredChanges;
import ai.exaone.rpc.watch.WatchSource;
import java.util.List;
import java.util.Optional;

/** Gives the log of limits out to gateways. */
public final class RpcLimitLog implements WatchSource {
    /** The log's name. */
    public static final String LOG = "limits";

    private final LimitStore limits;

    public RpcLimitLog(LimitStore limits) {
        this.limits = limits;
    }

    @Override
    public String log() {
        return LOG;
    }

    @Override
    public State state() {
        LimitStore.Snapshot snapshot = limits.snapshot();
        return new State(
                snapshot.revision(),
                snapshot.limits().stream()
                        .map(limit -> StoredChanges.entry(
                                limit.limitId(), LimitWire.entry(limit).toByteArray()))
                        .toList());
    }

    @Override
    public Optional<List<Change>> changes(long after, int limit) {
        return StoredChanges.of(limits.changes(after, limit));
    }
}
