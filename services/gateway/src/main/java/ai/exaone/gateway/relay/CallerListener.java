package ai.exaone.gateway.relay;

/** Told of a caller, on the exchange's event loop. */
public interface CallerListener {
    /** The caller reads again. */
    void writable();

    /** The caller has gone, before the answer was complete. */
    void gone();
}
