package ai.exaone.gateway.relay.engine;

import ai.exaone.gateway.openai.Splice;
import ai.exaone.gateway.relay.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes one request to an engine (RFC 9112), head and body as bytes: a short one as one buffer and one send, a long one at the engine's
 * pace, so that only pieces of it are copied.
 */
final class RequestWriter {
    private static final int SHORT = 16 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final int USUAL_HEAD = 512;
    private static final AsciiString POST = AsciiString.cached("POST ");
    private static final AsciiString VERSION = AsciiString.cached(" HTTP/1.1\r\n");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length: ");
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id: ");
    private static final short LINE_END = ('\r' << Byte.SIZE) | '\n';

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
            ByteBuf whole = context.alloc().ioBuffer(USUAL_HEAD + length);
            head(whole, length);
            body.forEach(whole::writeBytes);
            context.writeAndFlush(whole, context.voidPromise());
            done = true;
            return;
        }
        ByteBuf head = context.alloc().ioBuffer(USUAL_HEAD);
        head(head, length);
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

    private void head(ByteBuf bytes, int length) {
        ByteBufUtil.writeAscii(bytes, POST);
        ByteBufUtil.writeAscii(bytes, address.root());
        ByteBufUtil.writeAscii(bytes, request.path());
        ByteBufUtil.writeAscii(bytes, VERSION);
        ByteBufUtil.writeAscii(bytes, address.head());
        line(bytes, CONTENT_LENGTH, Integer.toString(length));
        line(bytes, REQUEST_ID, request.requestId());
        request.headers().forEach((name, value) -> {
            if (isOneLine(value)) {
                line(bytes, name + ": ", value);
            }
        });
        bytes.writeShort(LINE_END);
    }

    private static void line(ByteBuf bytes, CharSequence name, String value) {
        ByteBufUtil.writeAscii(bytes, name);
        bytes.writeCharSequence(value, StandardCharsets.US_ASCII);
        bytes.writeShort(LINE_END);
    }

    /** A value from outside does not reach beyond its line, whoever read it. */
    private static boolean isOneLine(String value) {
        return value.chars().allMatch(character -> character >= ' ' && character < 0x7f);
    }
}
