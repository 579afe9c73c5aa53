package ai.exaone.gateway.relay.client;

import ai.exaone.errors.PlatformException;

/** Told of a request's body, on the exchange's event loop; once. */
public interface BodyReceiver {
    /** The body is whole. Its share of the memory is to be closed when it is not needed any more. */
    void received(byte[] body, BodyMemory.Share share);

    /** The body is not taken, or did not arrive whole. */
    void refused(PlatformException refusal);
}
