package ai.exaone.identity.session;

import ai.exaone.store.crypto.Sha256;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * What the browser keeps: 256 random bits. Only their SHA-256 is stored, so that who reads the database cannot act as anybody.
 *
 * @param text kept out of {@link #toString()}
 */
public record SessionToken(String text) {
    private static final int BYTES = 32;

    /** The hash of a token. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    record Hash(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    static SessionToken generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    Hash hash() {
        return new Hash(Sha256.digest(text));
    }

    @Override
    public String toString() {
        return "SessionToken[***]";
    }
}
