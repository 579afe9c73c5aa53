package ai.exaone.gateway.relay.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import java.util.List;

/** The body of a message whose length is known, in pieces as they come. For one connection. */
public final class PlainBody {
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

    private final int longestPiece;
    private long left;

    /**
     * @param longestPiece bytes of one piece
     */
    public PlainBody(int longestPiece) {
        this.longestPiece = longestPiece;
    }

    /** Begins one, and takes of it what is there. */
    public void begin(long length, ByteBuf in, List<Object> out) {
        left = length;
        if (length == 0) {
            out.add(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, NO_TRAILERS));
        } else {
            take(in, out);
        }
    }

    /** Whether some of it is still to come. */
    public boolean isOpen() {
        return left > 0;
    }

    /** Takes the next piece, if there is one. */
    public void take(ByteBuf in, List<Object> out) {
        int count = (int) Math.min(Math.min(left, in.readableBytes()), longestPiece);
        if (count > 0) {
            left -= count;
            ByteBuf piece = in.readRetainedSlice(count);
            out.add(left == 0 ? new DefaultLastHttpContent(piece, NO_TRAILERS) : new DefaultHttpContent(piece));
        }
    }
}
