package ai.exaone.gateway.relay;

import java.time.Duration;
import java.util.Optional;

/** The answer of an upstream: a head, and a body that is read at the reader's pace. For one thread. */
public interface UpstreamAnswer extends AutoCloseable {
    /** HTTP status. */
    int status();

    /** Media type without parameters, in lower case; empty text when unknown. */
    String mediaType();

    /** How long the upstream asks to wait. */
    Optional<Duration> retryAfter();

    /**
     * Reads what is there, or waits for it.
     *
     * @return the number of bytes read, at least one; negative at the true end of the body
     * @throws UpstreamException when the body breaks off
     */
    int read(byte[] buffer) throws UpstreamException;

    /** Ends the exchange; where the body was not read to its end, the connection is closed and with it the generation. */
    @Override
    void close();
}
