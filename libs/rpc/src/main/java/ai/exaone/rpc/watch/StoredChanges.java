package ai.exaone.rpc.watch;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.store.ChangeLog;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;

/** What a service's stored log holds, as the watch protocol tells it: the one place where a {@link WatchSource} gets it from. */
public final class StoredChanges {
    private StoredChanges() {}

    /** What was read; empty where the watcher needs the whole state. */
    public static Optional<List<Change>> of(ChangeLog.Reading reading) {
        return switch (reading) {
            case ChangeLog.Reading.Changes(var changes) ->
                Optional.of(changes.stream().map(StoredChanges::change).toList());
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
