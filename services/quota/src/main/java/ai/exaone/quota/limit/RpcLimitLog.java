package ai.exaone.quota.limit;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchSource;
import ai.exaone.store.ChangeLog;
import com.google.protobuf.ByteString;
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
                        .map(limit -> Entry.newBuilder()
                                .setKey(limit.limitId())
                                .setValue(LimitWire.entry(limit).toByteString())
                                .build())
                        .toList());
    }

    @Override
    public Optional<List<Change>> changes(long after, int limit) {
        return switch (limits.changes(after, limit)) {
            case ChangeLog.Reading.StartAgain startAgain -> Optional.empty();
            case ChangeLog.Reading.Changes(List<ai.exaone.store.Change> changes) ->
                Optional.of(changes.stream().map(RpcLimitLog::change).toList());
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
