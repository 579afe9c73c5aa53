package ai.exaone.rpc.watch;

import ai.exaone.proto.watch.internal.v1.Entry;
import java.util.List;

/** What a follower does with what it hears. Called by one thread at a time, in order. */
public interface WatchListener {
    /** The whole state: replaces everything known. */
    void onState(List<Entry> entries);

    /** One entry's new state, or that it is gone. */
    void onChange(Entry entry);

    /**
     * How many follow the log, told with every heartbeat of a server that says so.
     *
     * @param position how many of them come before this one, in an order that is the same for all
     * @param watchers this one among them, 1 or more
     */
    default void onWatchers(int position, int watchers) {
        // Most have nothing that they share with the others.
    }
}
