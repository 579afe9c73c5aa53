package ai.exaone.rpc.watch;

import ai.exaone.proto.watch.internal.v1.Entry;
import java.util.List;

/** What a follower does with what it hears. Called by one thread at a time, in order. */
public interface WatchListener {
    /** The whole state: replaces everything known. */
    void onState(List<Entry> entries);

    /** One entry's new state, or that it is gone. */
    void onChange(Entry entry);
}
