package ai.exaone.rpc.token;

import ai.exaone.proto.identity.internal.v1.VerificationKey;
import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 public keys between their raw form (32 bytes, RFC 8032) and Java's. */
public final class Ed25519Keys {
    /** The DER of SubjectPublicKeyInfo up to the key itself (RFC 8410, section 10.1). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LENGTH = 32;

    private Ed25519Keys() {}

    /** Java's form of a raw key. */
    public static PublicKey decode(byte[] raw) {
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException("An Ed25519 public key has 32 bytes, not " + raw.length);
        }
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + LENGTH);
        System.arraycopy(raw, 0, encoded, PREFIX.length, LENGTH);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException broken) {
            throw new IllegalArgumentException("Not an Ed25519 public key", broken);
        }
    }

    /** The raw form of Java's key. */
    public static byte[] encode(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    }

    /** A key as identity tells it to those who verify. */
    public static VerificationKey wire(String keyId, PublicKey key) {
        return VerificationKey.newBuilder()
                .setKeyId(keyId)
                .setPublicKey(ByteString.copyFrom(encode(key)))
                .build();
    }
}
