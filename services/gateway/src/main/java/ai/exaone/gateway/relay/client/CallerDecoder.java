package ai.exaone.gateway.relay.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests. Between two of them it looks for a plain head, which becomes a {@link PlainHead} with the pieces of its body after it; all
 * else is read by Netty's decoder, which has then seen each of its messages from the first byte to the last.
 */
final class CallerDecoder extends HttpRequestDecoder {
    private static final HttpHeadersFactory NO_TRAILERS = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return EmptyHttpHeaders.INSTANCE;
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return EmptyHttpHeaders.INSTANCE;
        }
    };

    private final PlainHeadReader plain;
    private final int longestPiece;
    /** Bytes that are still to come of a plain request's body. */
    private long left;
    /** Whether Netty's decoder has seen part of a message. */
    private boolean within;

    CallerDecoder(HttpDecoderConfig config, PlainHeadReader plain) {
        super(config);
        this.plain = plain;
        this.longestPiece = config.getMaxChunkSize();
    }

    /** Whether nothing of a request is here that is not whole. */
    boolean isBetweenRequests() {
        return left == 0 && !within && actualReadableBytes() == 0;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (left > 0) {
            body(in, out);
            return;
        }
        PlainHead head = within ? null : plain.read(in);
        if (head == null) {
            decodeOther(context, in, out);
            return;
        }
        out.add(head);
        left = head.bodyLength();
        if (left == 0) {
            out.add(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, NO_TRAILERS));
        } else if (in.isReadable()) {
            body(in, out);
        }
    }

    private void body(ByteBuf in, List<Object> out) {
        int count = (int) Math.min(Math.min(left, in.readableBytes()), longestPiece);
        if (count > 0) {
            left -= count;
            ByteBuf piece = in.readRetainedSlice(count);
            out.add(left == 0 ? new DefaultLastHttpContent(piece, NO_TRAILERS) : new DefaultHttpContent(piece));
        }
    }

    private void decodeOther(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        within = true;
        int before = out.size();
        super.decode(context, in, out);
        if (out.size() > before) {
            within = !isEnd(out.get(out.size() - 1));
        }
    }

    /** What is malformed has no end. */
    private static boolean isEnd(@Nullable Object message) {
        return message instanceof LastHttpContent last && last.decoderResult().isSuccess();
    }
}
