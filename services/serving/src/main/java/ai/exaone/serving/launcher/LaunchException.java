package ai.exaone.serving.launcher;

/** An engine could not be started. The message says why, in words fit for an admin. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    public LaunchException(String message) {
        super(message);
    }

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
