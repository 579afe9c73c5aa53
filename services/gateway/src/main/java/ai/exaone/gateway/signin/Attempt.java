package ai.exaone.gateway.signin;

import ai.exaone.store.crypto.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * One way to Keycloak and back. The browser keeps it, sealed, between the two.
 *
 * @param state comes back with the code: an answer to another attempt is nobody's
 * @param nonce comes back in the id token
 * @param verifier proves who asked for the code (PKCE, RFC 7636)
 * @param expiresAt when the way back is closed
 */
record Attempt(String state, String nonce, String verifier, ReturnPath returnTo, Instant expiresAt) {
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final int RANDOM_BYTES = 32;
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 5;

    /** A new attempt. */
    static Attempt begin(ReturnPath returnTo, SecureRandom random, Instant now) {
        return new Attempt(text(random), text(random), text(random), returnTo, now.plus(LIFETIME));
    }

    /** The verifier's SHA-256, which goes ahead of it. */
    String challenge() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.digest(verifier));
    }

    String written() {
        return String.join(
                SEPARATOR, state, nonce, verifier, returnTo.path(), Long.toString(expiresAt.getEpochSecond()));
    }

    /** What {@link #written} wrote, if the way back is still open. */
    static Optional<Attempt> read(String written, Instant now) {
        String[] parts = written.split(SEPARATOR, -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        Instant expiresAt = Instant.ofEpochSecond(Long.parseLong(parts[4]));
        return now.isBefore(expiresAt)
                ? Optional.of(new Attempt(parts[0], parts[1], parts[2], new ReturnPath(parts[3]), expiresAt))
                : Optional.empty();
    }

    private static String text(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
