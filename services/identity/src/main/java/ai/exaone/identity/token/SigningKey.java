package ai.exaone.identity.token;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;

/**
 * A key that signs internal tokens.
 *
 * @param generation counts the installation's signing keys from 1; the highest signs
 * @param keyId names the key in tokens
 */
record SigningKey(long generation, String keyId, PublicKey publicKey, PrivateKey privateKey, Instant createdAt) {
    @Override
    public String toString() {
        return "SigningKey[" + generation + ", " + keyId + "]";
    }
}
