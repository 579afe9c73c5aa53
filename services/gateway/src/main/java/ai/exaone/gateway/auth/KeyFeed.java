package ai.exaone.gateway.auth;

import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchListener;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps the {@link KeyCache} true to identity's log {@code keys}. */
public final class KeyFeed implements WatchListener {
    /** The log's name. */
    public static final String LOG = "keys";

    private final KeyCache cache;

    public KeyFeed(KeyCache cache) {
        this.cache = cache;
    }

    @Override
    public void onState(List<Entry> entries) {
        cache.retain(entries.stream()
                .filter(entry -> !entry.getDeleted())
                .map(Entry::getKey)
                .collect(Collectors.toSet()));
    }

    @Override
    public void onChange(Entry entry) {
        if (entry.getDeleted()) {
            cache.revoked(entry.getKey());
        } else {
            cache.changed(entry.getKey());
        }
    }
}
