package ai.exaone.gateway.auth;

import ai.exaone.store.crypto.Sha256;
import java.nio.ByteBuffer;

/** SHA-256 of a key as presented: what the gateway remembers instead of the key. */
record KeyDigest(long first, long second, long third, long fourth) {
    static KeyDigest of(String presentedKey) {
        ByteBuffer numbers = ByteBuffer.wrap(Sha256.digest(presentedKey));
        return new KeyDigest(numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
    }
}
