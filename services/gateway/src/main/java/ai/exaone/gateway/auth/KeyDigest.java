package ai.exaone.gateway.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a key as presented: what the gateway remembers instead of the key. */
record KeyDigest(long first, long second, long third, long fourth) {
    static KeyDigest of(String presentedKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(presentedKey.getBytes(StandardCharsets.UTF_8));
            ByteBuffer numbers = ByteBuffer.wrap(digest);
            return new KeyDigest(numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
