package ai.exaone.identity.watch;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.store.ChangeLog;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;

/** Changes of a stored log, as the watch protocol tells them. */
public final class RpcChanges {
    private RpcChanges() {}

    /** What was read; empty where the watcher needs the whole state. */
    public static Optional<List<Change>> of(ChangeLog.Reading reading) {
        return switch (reading) {
            case ChangeLog.Reading.Changes(var changes) ->
                Optional.of(changes.stream().map(RpcChanges::change).toList());
            case ChangeLog.Reading.StartAgain() -> Optional.empty();
        };
    }

    /** An entry that is there. */
    public static Entry entry(String key, byte[] value) {
        return Entry.newBuilder()
                .setKey(key)
                .setValue(ByteString.copyFrom(value))
                .build();
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
}
