package ai.exaone.gateway.relay.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/** The bytes of a head that is being written. Each event loop has one, good until its next head is begun. */
public final class HeadBytes {
    private static final int USUAL_LENGTH = 1024;
    private static final FastThreadLocal<HeadBytes> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected HeadBytes initialValue() {
            return new HeadBytes();
        }
    };

    private byte[] bytes = new byte[USUAL_LENGTH];
    private int length;

    private HeadBytes() {}

    /** An empty one. */
    public static HeadBytes begin() {
        HeadBytes begun = OF_LOOP.get();
        begun.length = 0;
        return begun;
    }

    /** Adds a text of ours, in ASCII. */
    public HeadBytes add(String text) {
        int count = text.length();
        reserve(count);
        for (int at = 0; at < count; at++) {
            char character = text.charAt(at);
            bytes[length + at] = character < 0x80 ? (byte) character : (byte) '?';
        }
        length += count;
        return this;
    }

    /** Adds a header line. No value reaches beyond it. */
    public HeadBytes line(String name, String value) {
        add(name).add(": ");
        int count = value.length();
        reserve(count);
        for (int at = 0; at < count; at++) {
            char character = value.charAt(at);
            bytes[length + at] = character >= ' ' && character < 0x7f ? (byte) character : (byte) '?';
        }
        length += count;
        return add("\r\n");
    }

    /** How many there are. */
    public int length() {
        return length;
    }

    /** Writes them. */
    public void writeTo(ByteBuf buffer) {
        buffer.writeBytes(bytes, 0, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
