package ai.exaone.quota.writer;

/** A write under an epoch that is no longer the newest: another process is the active writer. Nothing was stored. */
public final class SupersededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SupersededException() {
        super("Another process is the active writer");
    }
}
