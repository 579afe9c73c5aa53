package ai.exaone.rpc.watch;

import ai.exaone.proto.watch.internal.v1.Change;
import ai.exaone.proto.watch.internal.v1.Entry;
import java.util.List;
import java.util.Optional;

/** A log that others follow. Thread-safe. Its methods may block; what they throw ends the watch, which then begins again. */
public interface WatchSource {
    /** The log's name, for example {@code keys}. */
    String log();

    /** The whole state at one moment. */
    State state();

    /**
     * The changes after a revision, in order and without a gap.
     *
     * @param after the last revision known
     * @param limit how many at most
     * @return empty when the log no longer has them, or never gave that revision out: the watcher then needs the whole state
     */
    Optional<List<Change>> changes(long after, int limit);

    /**
     * The whole state.
     *
     * @param revision the newest change that is in it
     */
    record State(long revision, List<Entry> entries) {
        public State {
            entries = List.copyOf(entries);
        }
    }
}
