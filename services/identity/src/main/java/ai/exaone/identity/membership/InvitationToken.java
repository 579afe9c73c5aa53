package ai.exaone.identity.membership;

import ai.exaone.store.crypto.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret part of an invitation's link: 256 random bits, of which only the SHA-256 is stored.
 *
 * @param text kept out of {@link #toString()}
 */
record InvitationToken(String text) {
    private static final int BYTES = 32;

    static InvitationToken generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new InvitationToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] hash() {
        return Sha256.digest(text);
    }

    @Override
    public String toString() {
        return "InvitationToken[***]";
    }
}
