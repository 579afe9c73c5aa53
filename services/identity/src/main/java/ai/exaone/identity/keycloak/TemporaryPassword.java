package ai.exaone.identity.keycloak;

import java.security.SecureRandom;

/**
 * A first password, shown once and changed at the first sign-in.
 *
 * @param text kept out of {@link #toString()}
 */
public record TemporaryPassword(String text) {
    /** Without characters that look like one another. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int LENGTH = 20;

    /** A new one of about 115 random bits. */
    public static TemporaryPassword generate(SecureRandom random) {
        var text = new StringBuilder(LENGTH);
        for (int position = 0; position < LENGTH; position++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new TemporaryPassword(text.toString());
    }

    @Override
    public String toString() {
        return "TemporaryPassword[***]";
    }
}
