package ai.exaone.gateway.relay.client;

import ai.exaone.gateway.relay.wire.HeadBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer as bytes (RFC 9112), past the server's codec. A whole answer is one buffer and one send. The pieces of one that is
 * begun are collected into one buffer for each flush, the first with the head before them and the last with the end behind: a piece costs
 * one copy, and no object of its own.
 */
final class ResponseWriter {
    private static final int OK = 200;
    /** Four hexadecimal digits and a line's end. */
    private static final int FRAME_HEAD = 6;

    private static final int FRAME_TAIL = 2;
    private static final int LONGEST_FRAME = 32 * 1024;
    private static final int FIRST_CAPACITY = 1024;
    private static final int NO_FRAME = -1;
    private static final short LINE_END = ('\r' << Byte.SIZE) | '\n';
    private static final byte[] LAST_FRAME = {'0', '\r', '\n', '\r', '\n'};
    private static final byte[] HEXADECIMAL = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    /** Of the codec: what is written here goes past it. */
    private final ChannelHandlerContext codec;

    private final boolean bodiless;
    private final AnswerHead head = new AnswerHead();
    /** What goes out with the next flush, and where a frame begins in it that is not closed. */
    private @Nullable ByteBuf open;

    private int frameAt = NO_FRAME;
    private int capacity = FIRST_CAPACITY;
    private boolean chunked;

    /**
     * @param bodiless whether the caller asks for the head alone
     */
    ResponseWriter(ChannelHandlerContext codec, boolean bodiless) {
        this.codec = codec;
        this.bodiless = bodiless;
    }

    /** Sets a header, its name in lower case. */
    void header(String name, String value) {
        head.set(name, value);
    }

    /** Writes a whole answer. */
    void whole(int status, String mediaType, byte[] body, int length) {
        head.set("content-type", mediaType);
        head.set("content-length", Integer.toString(length));
        int count = bodiless ? 0 : length;
        HeadBytes first = head.bytes(status);
        ByteBuf answer = codec.alloc().ioBuffer(first.length() + count);
        first.writeTo(answer);
        answer.writeBytes(body, 0, count);
        codec.write(answer, codec.voidPromise());
    }

    /**
     * Writes a head.
     *
     * @param length of the body; negative when unknown
     * @param framed whether the body is sent in chunks; else it is as long as was said, or ends with the connection
     */
    void head(String mediaType, long length, boolean framed) {
        chunked = framed;
        head.set("content-type", mediaType);
        if (framed) {
            head.set("transfer-encoding", "chunked");
        } else if (length >= 0) {
            head.set("content-length", Long.toString(length));
        }
        if (mediaType.startsWith("text/event-stream")) {
            // A proxy in front of us is not to collect the stream.
            head.set("cache-control", "no-cache");
            head.set("x-accel-buffering", "no");
        }
        HeadBytes first = head.bytes(OK);
        ByteBuf answer = codec.alloc().ioBuffer(first.length() + FIRST_CAPACITY);
        first.writeTo(answer);
        open = answer;
    }

    /** Adds a piece. */
    void add(byte[] bytes, int offset, int length) {
        if (bodiless) {
            return;
        }
        int from = offset;
        int left = length;
        while (left > 0) {
            ByteBuf frame = frame();
            int count = Math.min(left, LONGEST_FRAME - (frame.writerIndex() - frameAt - frameHead()));
            frame.writeBytes(bytes, from, count);
            from += count;
            left -= count;
            if (frame.writerIndex() - frameAt - frameHead() >= LONGEST_FRAME) {
                write();
            }
        }
    }

    /** Writes and sends what was added. */
    void flush() {
        write();
        codec.flush();
    }

    /** Writes the end of what was begun. */
    void end() {
        closeFrame();
        if (chunked && !bodiless) {
            open().writeBytes(LAST_FRAME);
        }
        write();
    }

    /** Sends everything; the future says when it is out. */
    ChannelFuture out() {
        return codec.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /** Drops what was added and not written. */
    void drop() {
        if (open != null) {
            open.release();
            open = null;
            frameAt = NO_FRAME;
        }
    }

    private ByteBuf frame() {
        ByteBuf bytes = open();
        if (frameAt == NO_FRAME) {
            frameAt = bytes.writerIndex();
            bytes.writeZero(frameHead());
        }
        return bytes;
    }

    private ByteBuf open() {
        ByteBuf bytes = open;
        if (bytes == null) {
            bytes = codec.alloc().ioBuffer(capacity);
            open = bytes;
        }
        return bytes;
    }

    private int frameHead() {
        return chunked ? FRAME_HEAD : 0;
    }

    private void closeFrame() {
        ByteBuf bytes = open;
        if (bytes != null && frameAt != NO_FRAME && chunked) {
            int length = bytes.writerIndex() - frameAt - FRAME_HEAD;
            for (int digit = 0; digit < 4; digit++) {
                bytes.setByte(frameAt + digit, HEXADECIMAL[(length >> (12 - 4 * digit)) & 0xf]);
            }
            bytes.setShort(frameAt + 4, LINE_END);
            ByteBufUtil.writeShortBE(bytes, LINE_END);
        }
        frameAt = NO_FRAME;
    }

    private void write() {
        closeFrame();
        ByteBuf full = open;
        if (full != null) {
            open = null;
            capacity = Math.max(FIRST_CAPACITY, Math.min(full.capacity(), LONGEST_FRAME + FRAME_HEAD + FRAME_TAIL));
            codec.write(full, codec.voidPromise());
        }
    }
}
