package ai.exaone.gateway.auth;

import ai.exaone.proto.identity.internal.v1.KeyPrincipal;
import ai.exaone.proto.watch.internal.v1.Entry;
import ai.exaone.rpc.watch.WatchListener;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what is known of keys true to identity's log {@code keys}: first who is let in, then what runs already. */
public final class KeyFeed implements WatchListener {
    /** The log's name. */
    public static final String LOG = "keys";

    private final KeyCache cache;
    private final KeyWatcher running;

    public KeyFeed(KeyCache cache, KeyWatcher running) {
        this.cache = cache;
        this.running = running;
    }

    @Override
    public void onState(List<Entry> entries) {
        Map<String, AcceptedKey> accepted = new HashMap<>();
        for (Entry entry : entries) {
            if (!entry.getDeleted()) {
                accepted.put(entry.getKey(), key(entry));
            }
        }
        cache.restated(accepted);
        running.restated(accepted);
    }

    @Override
    public void onChange(Entry entry) {
        if (entry.getDeleted()) {
            cache.revoked(entry.getKey());
            running.revoked(entry.getKey());
        } else {
            AcceptedKey changed = key(entry);
            cache.changed(changed);
            running.changed(changed);
        }
    }

    private static AcceptedKey key(Entry entry) {
        try {
            return KeyWire.accepted(KeyPrincipal.parseFrom(entry.getValue()));
        } catch (InvalidProtocolBufferException garbled) {
            throw new IllegalStateException("Not an entry of the log of keys: " + entry.getKey(), garbled);
        }
    }
}
