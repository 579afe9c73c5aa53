package ai.exaone.gateway.inference;

/** The caller does not read any more. */
public final class CallerGoneException extends Exception {
    private static final long serialVersionUID = 1L;

    public CallerGoneException() {
        super("The caller is gone", null, false, false);
    }
}
