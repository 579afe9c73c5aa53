package ai.exaone.serving.published;

import ai.exaone.store.ChangeLog;
import java.util.List;
import java.util.Map;

/** A log of entries that others follow. Thread-safe, with one publisher at a time. */
public interface PublishedLog {
    /** The log's name. */
    String name();

    /**
     * Makes these the present entries: those that differ, are new, or are gone become changes, in one transaction.
     *
     * @param entries all of them, by key
     * @return the revision of the newest change
     */
    long publish(Map<String, byte[]> entries);

    /** All present entries, by revision. */
    Snapshot snapshot();

    /** The changes after a revision. */
    ChangeLog.Reading read(long after, int limit);

    /** Forgets all but the newest changes. */
    void prune(long keep);

    /**
     * All entries at one moment.
     *
     * @param revision the newest change that is in it
     */
    record Snapshot(long revision, List<Published> entries) {
        public Snapshot {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One present entry.
     *
     * @param revision of its last change
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Published(String key, long revision, byte[] payload) {}
}
