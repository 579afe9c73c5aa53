package ai.exaone.gateway.relay.client;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer. Its head and its end go through the codec. The pieces between are collected into one buffer for each flush, framed
 * here, and go past it: a piece then costs one copy, and no object of its own.
 */
final class ResponseWriter {
    private static final DefaultHttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final AsciiString ACCEL_BUFFERING = AsciiString.cached("x-accel-buffering");
    private static final AsciiString NO = AsciiString.cached("no");

    /** Four hexadecimal digits and a line's end. */
    private static final int FRAME_HEAD = 6;

    private static final int FRAME_TAIL = 2;
    private static final int LONGEST_FRAME = 32 * 1024;
    private static final int FIRST_CAPACITY = 1024;
    private static final short LINE_END = ('\r' << Byte.SIZE) | '\n';
    private static final byte[] HEXADECIMAL = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final ChannelHandlerContext context;
    private final HttpHeaders headers = HEADERS.newHeaders();
    private @Nullable ChannelHandlerContext codec;
    private @Nullable ByteBuf frame;
    private int capacity = FIRST_CAPACITY;
    private boolean chunked;

    ResponseWriter(ChannelHandlerContext context) {
        this.context = context;
    }

    void header(CharSequence name, Object value) {
        headers.set(name, value);
    }

    /** Writes a whole answer. */
    void whole(int status, String mediaType, byte[] body, int length) {
        ByteBuf bytes = context.alloc().ioBuffer(length);
        bytes.writeBytes(body, 0, length);
        headers.set(HttpHeaderNames.CONTENT_TYPE, mediaType);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length));
        headers.set(HttpHeaderNames.DATE, DateHeader.now());
        context.write(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(status),
                        bytes,
                        headers,
                        HEADERS.newEmptyHeaders()),
                context.voidPromise());
    }

    /**
     * Writes a head.
     *
     * @param length of the body; negative when unknown
     * @param framed whether the body is sent in chunks; else it is as long as was said, or ends with the connection
     */
    void head(String mediaType, long length, boolean framed) {
        codec = context.pipeline().context(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC);
        chunked = framed;
        headers.set(HttpHeaderNames.CONTENT_TYPE, mediaType);
        headers.set(HttpHeaderNames.DATE, DateHeader.now());
        if (framed) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else if (length >= 0) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(length));
        }
        if (mediaType.startsWith("text/event-stream")) {
            // A proxy in front of us is not to collect the stream.
            headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE);
            headers.set(ACCEL_BUFFERING, NO);
        }
        context.write(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, headers), context.voidPromise());
    }

    /** Adds a piece. */
    void add(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            ByteBuf open = open();
            int count = Math.min(left, LONGEST_FRAME - (open.readableBytes() - headLength()));
            open.writeBytes(bytes, from, count);
            from += count;
            left -= count;
            if (open.readableBytes() - headLength() >= LONGEST_FRAME) {
                close();
            }
        }
    }

    /** Writes and sends what was added. */
    void flush() {
        close();
        context.flush();
    }

    /** Writes the end of what was begun. */
    void end() {
        close();
        context.write(LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
    }

    /** Sends everything; the future says when it is out. */
    ChannelFuture out() {
        return context.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /** Drops what was added and not written. */
    void drop() {
        if (frame != null) {
            frame.release();
            frame = null;
        }
    }

    private ByteBuf open() {
        ByteBuf open = frame;
        if (open == null) {
            open = context.alloc().ioBuffer(capacity);
            open.writerIndex(headLength());
            frame = open;
        }
        return open;
    }

    private int headLength() {
        return chunked ? FRAME_HEAD : 0;
    }

    private void close() {
        ByteBuf full = frame;
        if (full == null || codec == null) {
            return;
        }
        frame = null;
        capacity = Math.max(FIRST_CAPACITY, Math.min(full.capacity(), LONGEST_FRAME + FRAME_HEAD + FRAME_TAIL));
        if (chunked) {
            int length = full.readableBytes() - FRAME_HEAD;
            for (int digit = 0; digit < 4; digit++) {
                full.setByte(digit, HEXADECIMAL[(length >> (12 - 4 * digit)) & 0xf]);
            }
            full.setShort(4, LINE_END);
            ByteBufUtil.writeShortBE(full, LINE_END);
        }
        codec.write(full, codec.voidPromise());
    }
}
