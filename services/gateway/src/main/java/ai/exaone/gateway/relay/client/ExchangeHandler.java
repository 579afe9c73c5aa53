package ai.exaone.gateway.relay.client;

/** Serves requests on the paths that are its own. Called on the connection's event loop, and must not block. Thread-safe. */
public interface ExchangeHandler {
    /**
     * Whether a path is its own.
     *
     * @param target of the request line, as it was sent
     */
    boolean takes(String target);

    /** Serves a request whose head is there: answers it, and reads its body first where it wants it. */
    void serve(HttpExchange exchange);
}
