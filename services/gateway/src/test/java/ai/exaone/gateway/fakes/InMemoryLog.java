package ai.exaone.gateway.fakes;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchSource;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log in memory that keeps all its changes. */
final class InMemoryLog implements WatchSource {
    private final String name;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();

    InMemoryLog(String name) {
        this.name = name;
    }

    synchronized void put(String key, Message value) {
        change(Entry.newBuilder().setKey(key).setValue(value.toByteString()).build());
    }

    synchronized void delete(String key) {
        change(Entry.newBuilder()
                .setKey(key)
                .setValue(ByteString.EMPTY)
                .setDeleted(true)
                .build());
    }

    private void change(Entry entry) {
        changes.add(Change.newBuilder()
                .setRevision(changes.size() + 1L)
                .setEntry(entry)
                .build());
        if (entry.getDeleted()) {
            entries.remove(entry.getKey());
        } else {
            entries.put(entry.getKey(), entry);
        }
    }

    synchronized long revision() {
        return changes.size();
    }

    @Override
    public String log() {
        return name;
    }

    @Override
    public synchronized State state() {
        return new State(changes.size(), List.copyOf(entries.values()));
    }

    @Override
    public synchronized Optional<List<Change>> changes(long after, int limit) {
        int from = (int) Math.min(after, changes.size());
        return Optional.of(List.copyOf(changes.subList(from, Math.min(changes.size(), from + limit))));
    }
}
