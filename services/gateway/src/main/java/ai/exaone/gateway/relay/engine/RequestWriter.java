package ai.exaone.gateway.relay.engine;

import ai.exaone.gateway.openai.Splice;
import ai.exaone.gateway.relay.UpstreamRequest;
import ai.exaone.gateway.relay.wire.HeadBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Writes one request to an engine (RFC 9112), head and body as bytes: a short one as one buffer and one send, a long one at the engine's
 * pace, so that only pieces of it are copied.
 */
final class RequestWriter {
    private static final int SHORT = 16 * 1024;
    private static final int PIECE = 64 * 1024;

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
        HeadBytes head = head(length);
        if (length <= SHORT) {
            ByteBuf whole = context.alloc().ioBuffer(head.length() + length);
            head.writeTo(whole);
            body.forEach(whole::writeBytes);
            context.writeAndFlush(whole, context.voidPromise());
            done = true;
            return;
        }
        ByteBuf first = context.alloc().ioBuffer(head.length());
        head.writeTo(first);
        context.write(first, context.voidPromise());
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
            context.write(pieces.remove(), context.voidPromise());
            if (!context.channel().isWritable()) {
                context.flush();
            }
        }
        done = pieces.isEmpty();
        context.flush();
        writing = false;
    }

    /** Whether all was written. */
    boolean isDone() {
        return done;
    }

    private HeadBytes head(int length) {
        HeadBytes bytes = HeadBytes.begin()
                .add("POST ")
                .add(address.root())
                .add(request.path())
                .add(" HTTP/1.1\r\n")
                .add(address.head())
                .line("content-length", Integer.toString(length))
                .line("x-request-id", request.requestId());
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (isOneLine(header.getValue())) {
                bytes.line(header.getKey(), header.getValue());
            }
        }
        return bytes.add("\r\n");
    }

    /** A value from outside does not reach beyond its line, whoever read it. */
    private static boolean isOneLine(String value) {
        return value.chars().allMatch(character -> character >= ' ' && character < 0x7f);
    }
}
