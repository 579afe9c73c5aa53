package ai.exaone.gateway.relay;

import io.netty.channel.EventLoop;

/** Something that answers requests: bytes in, bytes out. Thread-safe. */
public interface Upstream {
    /**
     * Sends a request.
     *
     * @param loop where everything of this exchange happens; the caller is on it
     * @param listener told of the answer, on the loop, maybe before this returns
     */
    UpstreamCall open(UpstreamRequest request, EventLoop loop, UpstreamListener listener);
}
