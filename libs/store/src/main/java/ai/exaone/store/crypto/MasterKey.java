package ai.exaone.store.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's key, under which secrets are stored: AES-256 in Galois/Counter Mode with a random nonce for each secret.
 * Thread-safe.
 *
 * <p>A stored secret is one byte of format (1), 12 bytes of nonce, and the ciphertext with its 16-byte tag. It is bound to its
 * place, so that nobody who can write to the database can have one secret decrypted as another.
 */
public final class MasterKey {
    /** Name of the key's file in the folder of secrets. */
    public static final String FILE = "master.key";

    private static final int KEY_BYTES = 32;
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int TAG_BYTES = TAG_BITS / Byte.SIZE;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKey key;
    private final SecureRandom random;

    /**
     * @param key 32 bytes; copied
     */
    public MasterKey(byte[] key, SecureRandom random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A master key has 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /**
     * Reads {@code master.key}: 32 bytes in base64.
     *
     * @param secretsDir the installation's folder of secrets
     * @throws IllegalArgumentException if the file cannot be read or is no such key; the message names the file and not its content
     */
    public static MasterKey read(Path secretsDir) {
        Path file = secretsDir.resolve(FILE);
        try {
            return new MasterKey(
                    Base64.getDecoder().decode(Files.readString(file).strip()), new SecureRandom());
        } catch (IOException failure) {
            throw new IllegalArgumentException("The master key cannot be read: " + file, failure);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("Not a master key of 32 bytes in base64: " + file);
        }
    }

    /**
     * Encrypts a secret.
     *
     * @param place where it will be stored, for example {@code serving/engine-key/dep_…}; needed again to decrypt
     */
    public byte[] encrypt(byte[] secret, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(secret);
            return ByteBuffer.allocate(1 + NONCE_BYTES + ciphertext.length)
                    .put(FORMAT)
                    .put(nonce)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java runtime cannot encrypt", impossible);
        }
    }

    /**
     * Decrypts what {@link #encrypt} returned for the same place.
     *
     * @throws IllegalStateException if it was made under another key or for another place, or was changed
     */
    public byte[] decrypt(byte[] stored, String place) {
        if (stored.length < 1 + NONCE_BYTES + TAG_BYTES || stored[0] != FORMAT) {
            throw new IllegalStateException("Not an encrypted secret: " + place);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer rest = ByteBuffer.wrap(stored, 1, stored.length - 1).get(nonce);
        byte[] ciphertext = new byte[rest.remaining()];
        rest.get(ciphertext);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(ciphertext);
        } catch (GeneralSecurityException wrong) {
            throw new IllegalStateException("A secret was not made under this master key: " + place, wrong);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
