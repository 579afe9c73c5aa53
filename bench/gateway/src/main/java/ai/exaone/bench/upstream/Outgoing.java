package ai.exaone.bench.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;

/** One answer's bytes on their way out, cut and split as the script says. Used on the connection's event loop only. */
final class Outgoing {
    private final ChannelHandlerContext wire;
    private final Script script;
    private long sent;
    private boolean cut;

    /** @param wire what is written to it goes to the socket as it is */
    Outgoing(ChannelHandlerContext wire, Script script) {
        this.wire = wire;
        this.script = script;
    }

    /** Sends bytes and takes them over. False once the connection is cut. */
    boolean send(ByteBuf bytes) {
        if (cut) {
            bytes.release();
            return false;
        }
        long left = script.cutAfter().orElse(Long.MAX_VALUE) - sent;
        cut = bytes.readableBytes() > left;
        if (cut) {
            bytes.writerIndex(bytes.readerIndex() + (int) left);
        }
        sent += bytes.readableBytes();
        if (script.splitInto().isPresent()) {
            split(bytes, script.splitInto().getAsInt());
        } else {
            wire.writeAndFlush(bytes, wire.voidPromise());
        }
        if (cut) {
            close();
        }
        return !cut;
    }

    private void split(ByteBuf bytes, int size) {
        while (bytes.readableBytes() > size) {
            wire.writeAndFlush(bytes.readRetainedSlice(size), wire.voidPromise());
        }
        wire.writeAndFlush(bytes, wire.voidPromise());
    }

    private void close() {
        if (script.reset()) {
            wire.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        wire.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
