package ai.exaone.gateway.relay;

/** Takes an upstream's answer, on the exchange's event loop: a head, pieces of a body, and the true end or a failure. */
public interface UpstreamListener {
    /** The answer begins. */
    void head(UpstreamHead head);

    /** The next piece of the body. The bytes may be used during this call only. */
    void body(byte[] bytes, int offset, int length);

    /** All that has come so far was passed: the time to send what is to be sent. */
    void drained();

    /** The true end of the body. */
    void end();

    /** There will be no answer, or no more of it. */
    void failed(UpstreamException failure);
}
