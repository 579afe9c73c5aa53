package ai.exaone.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * One committed change of a {@link ChangeLog}.
 *
 * @param revision one more than that of the change before it
 * @param kind whether the entry has a new state or is gone
 * @param key the entry's key within its log
 * @param payload the entry's new state as its log serialises it; empty when the entry is gone. The array is not copied: nobody
 *     changes it.
 * @param at when the change was made, by the clock of the process that made it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Change(long revision, Kind kind, String key, byte[] payload, Instant at) {
    /** What became of the entry. */
    public enum Kind {
        PUT,
        DELETE
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Change change
                && revision == change.revision
                && kind == change.kind
                && key.equals(change.key)
                && Arrays.equals(payload, change.payload)
                && at.equals(change.at);
    }

    @Override
    public int hashCode() {
        return Objects.hash(revision, kind, key, Arrays.hashCode(payload), at);
    }
}
