package ai.exaone.gateway.routing;

/** A call that waits for a place. Thread-safe. */
public interface Waiting {
    /** It wants none any more. If it was given one meanwhile, and has not heard of it yet, it gives it back when it does. */
    void leave();
}
