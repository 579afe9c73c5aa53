package ai.exaone.gateway.relay.client;

import ai.exaone.gateway.relay.wire.PlainBody;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Reads requests. Between two of them it looks for a plain head, which becomes a {@link PlainHead} with the pieces of its body after it; all
 * else is read by Netty's decoder, which has then seen each of its messages from the first byte to the last.
 */
final class CallerDecoder extends HttpRequestDecoder {
    private final PlainHeadReader plain;
    private final PlainBody body;
    /** Whether Netty's decoder has seen part of a message. */
    private boolean within;

    CallerDecoder(HttpDecoderConfig config, PlainHeadReader plain) {
        super(config);
        this.plain = plain;
        this.body = new PlainBody(config.getMaxChunkSize());
    }

    /** Whether nothing of a request is here that is not whole. */
    boolean isBetweenRequests() {
        return !body.isOpen() && !within && actualReadableBytes() == 0;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (body.isOpen()) {
            body.take(in, out);
            return;
        }
        PlainHead head = within ? null : plain.read(in);
        if (head == null) {
            decodeOther(context, in, out);
        } else {
            out.add(head);
            body.begin(head.bodyLength(), in, out);
        }
    }

    private void decodeOther(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        within = true;
        int before = out.size();
        super.decode(context, in, out);
        if (out.size() > before) {
            // What is malformed has no end.
            within = !(out.getLast() instanceof LastHttpContent last
                    && last.decoderResult().isSuccess());
        }
    }
}
