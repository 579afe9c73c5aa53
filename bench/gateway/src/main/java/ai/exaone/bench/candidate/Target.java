package ai.exaone.bench.candidate;

/** Something that answers chats, once it is started. */
public sealed interface Target extends AutoCloseable permits DirectTarget, ProxyTarget, PlatformTarget, RunningTarget {
    /** Its name in the table. */
    String name();

    /**
     * Starts it and returns when it answers.
     *
     * @throws UnavailableException if this machine does not have it, or it does not come up
     */
    Endpoint start() throws UnavailableException, InterruptedException;

    /** Ends what was started. May be called again, and without a start. */
    @Override
    void close();
}
