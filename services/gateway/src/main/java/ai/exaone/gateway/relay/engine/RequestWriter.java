package ai.exaone.gateway.relay.engine;

import ai.exaone.gateway.openai.Splice;
import ai.exaone.gateway.relay.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes one request to an engine: a short one at once, a long one at the engine's pace, so that only pieces of it are copied. */
final class RequestWriter {
    private static final int SHORT = 16 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
    private static final AsciiString ANYTHING = AsciiString.cached("*/*");
    private static final DefaultHttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private final ChannelHandlerContext context;
    private final EngineAddress address;
    private final UpstreamRequest request;
    private final Deque<ByteBuf> pieces = new ArrayDeque<>(0);
    private boolean writing;
    private boolean done;

    RequestWriter(ChannelHandlerContext context, EngineAddress address, UpstreamRequest request) {
        this.context = context;
        this.address = address;
        this.request = request;
    }

    void start() {
        Splice body = request.body();
        int length = body.length();
        if (length <= SHORT) {
            ByteBuf bytes = context.alloc().ioBuffer(length);
            body.forEach(bytes::writeBytes);
            DefaultFullHttpRequest whole = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.POST, path(), bytes, HEADERS.newHeaders(), HEADERS.newHeaders());
            fill(whole.headers(), length);
            context.writeAndFlush(whole, context.voidPromise());
            done = true;
            return;
        }
        DefaultHttpRequest head =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path(), HEADERS.newHeaders());
        fill(head.headers(), length);
        context.write(head, context.voidPromise());
        body.forEach((bytes, offset, count) -> {
            for (int from = offset; from < offset + count; from += PIECE) {
                pieces.add(Unpooled.wrappedBuffer(bytes, from, Math.min(PIECE, offset + count - from)));
            }
        });
        proceed();
    }

    /** Writes on, as far as the engine takes it. Writing itself tells of the engine's pace: what is said within is not heard. */
    void proceed() {
        if (done || writing) {
            return;
        }
        writing = true;
        while (!pieces.isEmpty() && context.channel().isWritable()) {
            context.write(new DefaultHttpContent(pieces.remove()), context.voidPromise());
            if (!context.channel().isWritable()) {
                context.flush();
            }
        }
        if (pieces.isEmpty()) {
            done = true;
            context.write(LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
        }
        context.flush();
        writing = false;
    }

    /** Whether all was written. */
    boolean isDone() {
        return done;
    }

    private String path() {
        return address.root().isEmpty() ? request.path() : address.root() + request.path();
    }

    private void fill(HttpHeaders headers, int length) {
        headers.set(HttpHeaderNames.HOST, address.hostHeader());
        if (address.authorization() != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, address.authorization());
        }
        headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length));
        headers.set(HttpHeaderNames.ACCEPT, ANYTHING);
        headers.set(REQUEST_ID, request.requestId());
        request.headers().forEach(headers::set);
    }
}
