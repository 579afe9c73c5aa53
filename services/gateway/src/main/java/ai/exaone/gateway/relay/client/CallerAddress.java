package ai.exaone.gateway.relay.client;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** Where a caller is. */
final class CallerAddress {
    private CallerAddress() {}

    /** The address of a channel's other end in digits; empty text where it has none. */
    static String of(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "";
    }
}
