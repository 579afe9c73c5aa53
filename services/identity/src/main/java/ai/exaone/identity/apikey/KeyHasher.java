package ai.exaone.identity.apikey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes keys with HMAC-SHA-256 under the installation's pepper, which is not in the database: who steals that cannot even test a
 * guess. A slow hash would add nothing to 256 random bits. Thread-safe.
 */
public final class KeyHasher {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_PEPPER = 32;

    private final SecretKeySpec pepper;

    /**
     * @param pepper at least 32 characters
     */
    public KeyHasher(String pepper) {
        if (pepper.length() < SHORTEST_PEPPER) {
            throw new IllegalArgumentException("The pepper of keys has at least 32 characters");
        }
        this.pepper = new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    byte[] hash(PresentedKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(pepper);
            return mac.doFinal(key.hashed());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether a key has that hash; takes equally long whether it has or not. */
    boolean matches(PresentedKey key, byte[] hash) {
        return MessageDigest.isEqual(hash(key), hash);
    }
}
