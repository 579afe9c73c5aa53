package ai.exaone.identity.apikey;

import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ResourceId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as a caller presents it: {@code exk_ID_SECRET_CHECKSUM}. ID is the part of the key's id after {@code key_}; SECRET is 256
 * random bits in 52 characters of the ids' base32; CHECKSUM is the CRC-32 of all before it in 8 hexadecimal digits, so that scanners
 * of leaked secrets and people who mistyped need not ask us.
 */
public final class PresentedKey {
    private static final Pattern FORM =
            Pattern.compile("(exk_([0-9a-hjkmnp-tv-z]{26})_[0-9a-hjkmnp-tv-z]{52})_([0-9a-f]{8})");
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int SECRET_LENGTH = 52;
    private static final int SHOWN_OF_ID = 12;
    private static final String START = "exk_";

    private final KeyId id;
    private final String body;

    private PresentedKey(KeyId id, String body) {
        this.id = id;
        this.body = body;
    }

    /** Makes a key of that id with a new secret. */
    static PresentedKey generate(KeyId id, SecureRandom random) {
        var secret = new StringBuilder(SECRET_LENGTH);
        // 52 characters of 5 bits: 4 more than the 256 that are promised.
        for (int position = 0; position < SECRET_LENGTH; position++) {
            secret.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return new PresentedKey(id, START + idPart(id) + "_" + secret);
    }

    /** The key in a text; empty if the text has not its form or its checksum is wrong. */
    static Optional<PresentedKey> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || !checksum(matcher.group(1)).equals(matcher.group(3))) {
            return Optional.empty();
        }
        return Optional.of(new PresentedKey(new KeyId(KeyId.PREFIX + "_" + matcher.group(2)), matcher.group(1)));
    }

    /** The beginning by which people recognise a key. */
    static String shownPrefix(KeyId id) {
        return START + idPart(id).substring(0, SHOWN_OF_ID) + "…";
    }

    KeyId id() {
        return id;
    }

    /** What is hashed: id and secret, so that a hash fits one id only. */
    byte[] hashed() {
        return body.getBytes(StandardCharsets.US_ASCII);
    }

    /** The whole text, to be shown once. */
    String reveal() {
        return body + "_" + checksum(body);
    }

    @Override
    public String toString() {
        return shownPrefix(id);
    }

    private static String idPart(KeyId id) {
        return ResourceId.require(KeyId.PREFIX, id.value()).substring(KeyId.PREFIX.length() + 1);
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
