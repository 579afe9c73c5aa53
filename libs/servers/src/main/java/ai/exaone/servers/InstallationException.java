package ai.exaone.servers;

/** Something on this machine keeps the software from being prepared. The message is for the operator and says what to do. */
public final class InstallationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InstallationException(String message) {
        super(message);
    }

    public InstallationException(String message, Throwable cause) {
        super(message, cause);
    }
}
