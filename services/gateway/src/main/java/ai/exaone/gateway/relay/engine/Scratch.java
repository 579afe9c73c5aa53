package ai.exaone.gateway.relay.engine;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/** An array of each event loop into which pieces are copied to be looked at. */
final class Scratch {
    private static final int LENGTH = 64 * 1024;
    private static final FastThreadLocal<byte[]> ARRAY = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[LENGTH];
        }
    };

    private Scratch() {}

    /** A copy of what is readable, from the array's first byte on; good until the loop's next one. */
    static byte[] copy(ByteBuf readable) {
        int length = readable.readableBytes();
        byte[] array = length <= LENGTH ? ARRAY.get() : new byte[length];
        readable.getBytes(readable.readerIndex(), array, 0, length);
        return array;
    }
}
