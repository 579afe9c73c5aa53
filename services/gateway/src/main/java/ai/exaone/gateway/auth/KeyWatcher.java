package ai.exaone.gateway.auth;

import java.util.Map;

/** Is told what becomes of keys, once everybody who presents one is let in or refused by it. */
public interface KeyWatcher {
    /** A key is no longer accepted. */
    void revoked(String keyId);

    /** A key changed, or is new. */
    void changed(AcceptedKey key);

    /**
     * What happened in between is not known: these are the keys that were accepted a moment ago.
     *
     * @param accepted by their ids
     */
    void restated(Map<String, AcceptedKey> accepted);

    /** Tells another one afterwards. */
    default KeyWatcher then(KeyWatcher next) {
        KeyWatcher first = this;
        return new KeyWatcher() {
            @Override
            public void revoked(String keyId) {
                first.revoked(keyId);
                next.revoked(keyId);
            }

            @Override
            public void changed(AcceptedKey key) {
                first.changed(key);
                next.changed(key);
            }

            @Override
            public void restated(Map<String, AcceptedKey> accepted) {
                first.restated(accepted);
                next.restated(accepted);
            }
        };
    }
}
