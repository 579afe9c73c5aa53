package ai.exaone.bench.candidate;

/** A target that cannot be measured here; the message says why, and what would help. */
public final class UnavailableException extends Exception {
    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
