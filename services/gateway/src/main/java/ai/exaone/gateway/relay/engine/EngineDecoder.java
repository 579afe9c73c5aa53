package ai.exaone.gateway.relay.engine;

import ai.exaone.gateway.relay.wire.PlainBody;
import ai.exaone.gateway.relay.wire.PlainHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads engines' answers, and says whether a connection delivered more than the answer that was asked for. Where an answer begins with a
 * head that is plain (status 200, {@link PlainHeaders}, a length said once), it becomes an {@link EngineHead} with the pieces of the body
 * after it; all else is read by Netty's decoder.
 */
final class EngineDecoder extends HttpResponseDecoder {
    private static final int LONGEST_PIECE = 64 * 1024;
    private static final int LONGEST_HEAD = 32 * 1024;
    private static final int LONGEST_PLAIN_HEAD = 2 * 1024;
    private static final byte[] STATUS_OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[LONGEST_PLAIN_HEAD];
        }
    };

    private final PlainBody body = new PlainBody(LONGEST_PIECE);
    /** Whether Netty's decoder has seen part of an answer. */
    private boolean within;

    EngineDecoder() {
        super(new HttpDecoderConfig()
                .setMaxChunkSize(LONGEST_PIECE)
                .setMaxHeaderSize(LONGEST_HEAD)
                .setMaxInitialLineLength(LONGEST_HEAD));
    }

    /** Whether bytes are left over; such a connection must not be used again, or one caller could be answered with another's. */
    boolean hasSurplus() {
        return actualReadableBytes() > 0;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (body.isOpen()) {
            body.take(in, out);
            return;
        }
        EngineHead head = within ? null : plainHead(in);
        if (head == null) {
            decodeOther(context, in, out);
        } else {
            out.add(head);
            body.begin(head.length(), in, out);
        }
    }

    private static @Nullable EngineHead plainHead(ByteBuf in) {
        byte[] bytes = SCRATCH.get();
        int limit = Math.min(in.readableBytes(), LONGEST_PLAIN_HEAD);
        in.getBytes(in.readerIndex(), bytes, 0, limit);
        int start = headersStart(bytes, limit);
        PlainHeaders lines = start < 0 ? null : PlainHeaders.read(bytes, start, limit);
        EngineHead head = lines == null ? null : EngineHead.of(lines);
        if (lines != null && head != null) {
            in.skipBytes(start + lines.length());
        }
        return head;
    }

    /** Where the line of the status ends, in whichever words it is; negative where it is another status, or no plain line. */
    private static int headersStart(byte[] bytes, int limit) {
        int length = STATUS_OK.length;
        if (limit < length || !Arrays.equals(bytes, 0, length, STATUS_OK, 0, length)) {
            return -1;
        }
        int at = length;
        while (at < limit && bytes[at] >= ' ' && bytes[at] < 0x7f) {
            at++;
        }
        return at + 1 < limit && bytes[at] == '\r' && bytes[at + 1] == '\n' ? at + 2 : -1;
    }

    private void decodeOther(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        within = true;
        int before = out.size();
        super.decode(context, in, out);
        if (out.size() > before) {
            within = !(out.getLast() instanceof LastHttpContent last
                    && last.decoderResult().isSuccess());
        }
    }
}
