package ai.exaone.serving.launcher;

/** An engine could not be started. The message says why, in words fit for an admin. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public LaunchException(String message) {
        super(message);
        this.reason = message;
    }

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
        this.reason = message;
    }

    /** The message; never null. */
    public String reason() {
        return reason;
    }
}
