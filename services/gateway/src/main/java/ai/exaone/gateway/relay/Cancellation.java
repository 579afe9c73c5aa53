package ai.exaone.gateway.relay;

/** Where an exchange leaves word how to stop it. */
public interface Cancellation {
    /**
     * @param stop closes the connection at once; may run in any thread, more than once, and runs at once where it is too late
     */
    void onCancel(Runnable stop);
}
