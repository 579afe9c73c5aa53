package ai.exaone.gateway.relay.client;

import ai.exaone.gateway.relay.wire.PlainHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads heads that are plain: whole, a {@code POST} of HTTP/1.1 to a path that is ours, the lines of its headers {@link PlainHeaders}, its
 * body's length said once and in digits, and nothing said of how the connection is to be used otherwise. Of all others it knows nothing,
 * not even what is wrong with them: those are the codec's. For one connection.
 */
final class PlainHeadReader {
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final String METHOD = "POST ";
    private static final String VERSION = " HTTP/1.1\r\n";
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[LONGEST_HEAD];
        }
    };

    private final Predicate<String> takes;
    private String lastTarget = "";

    /**
     * @param takes whether a target is ours
     */
    PlainHeadReader(Predicate<String> takes) {
        this.takes = takes;
    }

    /**
     * Reads the head that begins where a buffer is read, and moves the buffer behind it.
     *
     * @return null where there is no plain one: then the buffer is as it was
     */
    @Nullable
    PlainHead read(ByteBuf in) {
        int limit = Math.min(in.readableBytes(), LONGEST_HEAD);
        if (limit <= METHOD.length() || in.getByte(in.readerIndex()) != METHOD.charAt(0)) {
            return null;
        }
        byte[] bytes = SCRATCH.get();
        in.getBytes(in.readerIndex(), bytes, 0, limit);
        if (!isText(bytes, 0, limit, METHOD)) {
            return null;
        }
        int targetEnd = METHOD.length();
        while (targetEnd < limit && isOfTarget(bytes[targetEnd])) {
            targetEnd++;
        }
        if (!isText(bytes, targetEnd, limit, VERSION)) {
            return null;
        }
        int start = targetEnd + VERSION.length();
        PlainHeaders lines = PlainHeaders.read(bytes, start, limit);
        if (lines == null) {
            return null;
        }
        PlainHead head = head(target(bytes, METHOD.length(), targetEnd), lines);
        if (head != null) {
            in.skipBytes(start + lines.length());
        }
        return head;
    }

    private @Nullable PlainHead head(String target, PlainHeaders lines) {
        long length = lines.number("content-length");
        boolean more = lines.has("transfer-encoding")
                || lines.has("expect")
                || lines.has("upgrade")
                || lines.has("trailer")
                || !lines.hasOne("host");
        if (length < 0 || more || !takes.test(target)) {
            return null;
        }
        String connection = lines.first("connection");
        if (connection == null) {
            return new PlainHead(target, true, length, lines);
        }
        boolean closes = connection.equalsIgnoreCase("close");
        boolean plain = lines.hasOne("connection") && (closes || connection.equalsIgnoreCase("keep-alive"));
        return plain ? new PlainHead(target, !closes, length, lines) : null;
    }

    /** Connections bring the same target again and again. */
    private String target(byte[] bytes, int start, int end) {
        if (lastTarget.length() != end - start || !isText(bytes, start, end, lastTarget)) {
            lastTarget = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        }
        return lastTarget;
    }

    private static boolean isOfTarget(byte character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '/'
                || character == '-'
                || character == '_'
                || character == '.';
    }

    /** Whether a text stands at a place, letter for letter. */
    private static boolean isText(byte[] bytes, int start, int limit, String text) {
        if (text.length() > limit - start) {
            return false;
        }
        for (int at = 0; at < text.length(); at++) {
            if (bytes[start + at] != text.charAt(at)) {
                return false;
            }
        }
        return true;
    }
}
