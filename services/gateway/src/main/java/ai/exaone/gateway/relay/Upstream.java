package ai.exaone.gateway.relay;

/** Something that answers requests: bytes in, bytes out. Thread-safe. */
public interface Upstream {
    /**
     * Sends a request and waits for the head of its answer.
     *
     * @param cancellation told how to stop the exchange, at any time, from another thread
     * @throws UpstreamException when no head came
     */
    UpstreamAnswer open(UpstreamRequest request, Cancellation cancellation) throws UpstreamException;
}
