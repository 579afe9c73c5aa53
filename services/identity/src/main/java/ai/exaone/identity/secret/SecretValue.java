package ai.exaone.identity.secret;

/**
 * The value of a secret.
 *
 * @param text at most 16 KiB; kept out of {@link #toString()}
 */
public record SecretValue(String text) {
    @Override
    public String toString() {
        return "SecretValue[***]";
    }
}
