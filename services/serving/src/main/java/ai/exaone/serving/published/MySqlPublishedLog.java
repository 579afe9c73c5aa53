package ai.exaone.serving.published;

import ai.exaone.store.Change;
import ai.exaone.store.ChangeLog;
import ai.exaone.store.Transactions;
import ai.exaone.store.crypto.MasterKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** A log in the service's database. Payloads are encrypted under the master key. */
public final class MySqlPublishedLog implements PublishedLog {
    private final Transactions transactions;
    private final String name;
    private final MasterKey masterKey;
    private final ChangeLog changes;

    public MySqlPublishedLog(Transactions transactions, String name, MasterKey masterKey, Clock clock) {
        this.transactions = transactions;
        this.name = name;
        this.masterKey = masterKey;
        this.changes = new ChangeLog(transactions, name, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long publish(Map<String, byte[]> entries) {
        return transactions.inTransaction(handle -> {
            Map<String, byte[]> gone = new HashMap<>();
            for (Published entry : entries(handle)) {
                gone.put(entry.key(), entry.payload());
            }
            // In the order of keys, so that two publishers lock rows in the same order.
            new TreeMap<>(entries).forEach((key, payload) -> {
                byte[] before = gone.remove(key);
                if (before == null || !Arrays.equals(before, payload)) {
                    put(handle, key, payload);
                }
            });
            new TreeMap<>(gone).keySet().forEach(key -> delete(handle, key));
            return changes.latest(handle);
        });
    }

    @Override
    public Snapshot snapshot() {
        return transactions.inSnapshot(handle -> new Snapshot(changes.latest(handle), entries(handle)));
    }

    @Override
    public ChangeLog.Reading read(long after, int limit) {
        return switch (changes.read(after, limit)) {
            case ChangeLog.Reading.StartAgain startAgain -> startAgain;
            case ChangeLog.Reading.Changes(List<Change> sealed) -> new ChangeLog.Reading.Changes(opened(sealed));
        };
    }

    @Override
    public void prune(long keep) {
        changes.prune(keep);
    }

    private List<Change> opened(List<Change> sealed) {
        List<Change> opened = new ArrayList<>(sealed.size());
        for (Change change : sealed) {
            opened.add(
                    switch (change.kind()) {
                        case PUT ->
                            new Change(
                                    change.revision(),
                                    change.kind(),
                                    change.key(),
                                    masterKey.decrypt(change.payload(), place(change.key())),
                                    change.at());
                        case DELETE -> change;
                    });
        }
        return opened;
    }

    private void put(Handle handle, String key, byte[] payload) {
        byte[] sealed = masterKey.encrypt(payload, place(key));
        long revision = changes.put(handle, key, sealed);
        handle.createUpdate("""
                        INSERT INTO published_entry (log, entry_key, revision, payload)
                        VALUES (:log, :key, :revision, :payload)
                        ON DUPLICATE KEY UPDATE revision = :revision, payload = :payload
                        """)
                .bind("log", name)
                .bind("key", key)
                .bind("revision", revision)
                .bind("payload", sealed)
                .execute();
    }

    private void delete(Handle handle, String key) {
        changes.delete(handle, key);
        handle.createUpdate("DELETE FROM published_entry WHERE log = :log AND entry_key = :key")
                .bind("log", name)
                .bind("key", key)
                .execute();
    }

    private List<Published> entries(Handle handle) {
        return handle.createQuery("""
                        SELECT entry_key, revision, payload
                          FROM published_entry
                         WHERE log = :log
                         ORDER BY revision
                        """)
                .bind("log", name)
                .map((row, context) -> entry(row))
                .list();
    }

    private Published entry(ResultSet row) throws SQLException {
        String key = row.getString("entry_key");
        return new Published(key, row.getLong("revision"), masterKey.decrypt(row.getBytes("payload"), place(key)));
    }

    private String place(String key) {
        return "serving/" + name + "/" + key;
    }
}
