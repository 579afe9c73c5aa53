package ai.exaone.gateway.relay;

/** Why an upstream did not answer, or not to the end. */
public final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    /** How far it came. */
    public enum Kind {
        /** It was not reached: it has not seen the request. */
        UNREACHABLE,
        /** It broke off. */
        BROKEN,
        /** It was silent for too long. */
        TIMED_OUT
    }

    private final Kind kind;

    public UpstreamException(Kind kind, Throwable cause) {
        super("The upstream is " + kind + ": " + cause.getMessage(), cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
