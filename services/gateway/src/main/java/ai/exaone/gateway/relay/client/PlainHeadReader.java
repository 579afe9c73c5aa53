package ai.exaone.gateway.relay.client;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads heads that are plain (RFC 9112): whole, a {@code POST} of HTTP/1.1 to a path that is ours, every byte of it what the grammar wants
 * without any of its liberties, its body's length said once and in digits, and nothing said of how the connection is to be used otherwise.
 * Of all others it knows nothing, not even what is wrong with them: those are the codec's. For one connection.
 */
final class PlainHeadReader {
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final int MOST_HEADERS = 64;
    private static final int MOST_DIGITS = 12;
    private static final String METHOD = "POST ";
    private static final String VERSION = "HTTP/1.1\r\n";

    /** What may stand in a target here; in a name; in a value. */
    private static final byte TARGET = 1;

    private static final byte NAME = 2;
    private static final byte VALUE = 4;
    private static final byte[] KINDS = kinds();
    private static final FastThreadLocal<Scratch> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
            return new Scratch();
        }
    };

    private final Predicate<String> takes;
    private String lastTarget = "";
    private byte[] bytes = new byte[0];
    private int limit;
    // Of the head that is being read.
    private int headers;
    private long bodyLength;
    private int hosts;
    private boolean keepsAlive;

    /**
     * @param takes whether a target is ours
     */
    PlainHeadReader(Predicate<String> takes) {
        this.takes = takes;
    }

    /** Where heads are looked at. For one event loop. */
    private static final class Scratch {
        private final byte[] bytes = new byte[LONGEST_HEAD];
        private final int[] places = new int[MOST_HEADERS * PlainHead.PLACES];
    }

    /**
     * Reads the head that begins where a buffer is read, and moves the buffer behind it.
     *
     * @return null where there is no plain one: then the buffer is as it was
     */
    @Nullable
    PlainHead read(ByteBuf in) {
        Scratch scratch = SCRATCH.get();
        bytes = scratch.bytes;
        limit = Math.min(in.readableBytes(), LONGEST_HEAD);
        if (limit <= METHOD.length() || in.getByte(in.readerIndex()) != METHOD.charAt(0)) {
            return null;
        }
        in.getBytes(in.readerIndex(), bytes, 0, limit);
        int targetEnd = isText(0, METHOD) ? end(METHOD.length(), TARGET) : limit;
        if (targetEnd == limit || bytes[targetEnd] != ' ' || !isText(targetEnd + 1, VERSION)) {
            return null;
        }
        int start = targetEnd + 1 + VERSION.length();
        int end = headers(start, scratch.places);
        if (end < 0 || hosts != 1 || bodyLength < 0) {
            return null;
        }
        String target = target(METHOD.length(), targetEnd);
        if (!takes.test(target)) {
            return null;
        }
        in.skipBytes(end);
        return new PlainHead(
                target,
                keepsAlive,
                bodyLength,
                Arrays.copyOf(bytes, end),
                Arrays.copyOf(scratch.places, headers * PlainHead.PLACES));
    }

    /** Where the head ends that has its header lines from a place on; negative where it is none that we read. */
    private int headers(int start, int[] places) {
        headers = 0;
        hosts = 0;
        bodyLength = -1;
        keepsAlive = true;
        int at = start;
        while (at + 1 < limit) {
            if (bytes[at] == '\r') {
                return bytes[at + 1] == '\n' ? at + 2 : -1;
            }
            int nameEnd = end(at, NAME);
            if (headers == MOST_HEADERS || nameEnd == at || nameEnd == limit || bytes[nameEnd] != ':') {
                return -1;
            }
            int lineEnd = end(nameEnd + 1, VALUE);
            if (lineEnd + 1 >= limit || bytes[lineEnd] != '\r' || bytes[lineEnd + 1] != '\n') {
                return -1;
            }
            int valueStart = nameEnd + 1;
            int valueEnd = lineEnd;
            while (valueStart < valueEnd && isSpace(bytes[valueStart])) {
                valueStart++;
            }
            while (valueEnd > valueStart && isSpace(bytes[valueEnd - 1])) {
                valueEnd--;
            }
            if (!accept(at, nameEnd, valueStart, valueEnd)) {
                return -1;
            }
            int place = headers++ * PlainHead.PLACES;
            places[place] = at;
            places[place + 1] = nameEnd;
            places[place + 2] = valueStart;
            places[place + 3] = valueEnd;
            at = lineEnd + 2;
        }
        return -1;
    }

    /** Looks at what headers say of the message itself; false where that is more than its length and whether the connection stays. */
    private boolean accept(int name, int nameEnd, int value, int valueEnd) {
        return switch (nameEnd - name) {
            case 4 -> !isText(bytes, name, "host") || ++hosts == 1;
            case 6 -> !isText(bytes, name, "expect");
            case 7 -> !isText(bytes, name, "upgrade") && !isText(bytes, name, "trailer");
            case 10 -> !isText(bytes, name, "connection") || acceptConnection(value, valueEnd);
            case 14 -> !isText(bytes, name, "content-length") || acceptLength(value, valueEnd);
            case 17 -> !isText(bytes, name, "transfer-encoding");
            default -> true;
        };
    }

    private boolean acceptConnection(int value, int valueEnd) {
        if (valueEnd - value == "close".length() && isText(bytes, value, "close")) {
            keepsAlive = false;
            return true;
        }
        return valueEnd - value == "keep-alive".length() && isText(bytes, value, "keep-alive");
    }

    private boolean acceptLength(int value, int valueEnd) {
        if (bodyLength >= 0 || value == valueEnd || valueEnd - value > MOST_DIGITS) {
            return false;
        }
        long length = 0;
        for (int at = value; at < valueEnd; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            length = length * 10 + digit;
        }
        bodyLength = length;
        return true;
    }

    /** Connections bring the same target again and again. */
    private String target(int start, int end) {
        String last = lastTarget;
        boolean same = last.length() == end - start;
        for (int at = 0; same && at < last.length(); at++) {
            same = last.charAt(at) == bytes[start + at];
        }
        if (!same) {
            lastTarget = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        }
        return lastTarget;
    }

    /** The first place from a start on that is not of a kind; the limit where there is none. */
    private int end(int start, byte kind) {
        int at = start;
        while (at < limit && bytes[at] >= 0 && (KINDS[bytes[at]] & kind) != 0) {
            at++;
        }
        return at;
    }

    /** Whether a text stands at a place, letter for letter. */
    private boolean isText(int start, String text) {
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

    /** Whether a text stands at a place, in any case. There are bytes enough. */
    static boolean isText(byte[] bytes, int start, CharSequence text) {
        for (int at = 0; at < text.length(); at++) {
            if (lower(bytes[start + at]) != lower((byte) text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t';
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[Byte.MAX_VALUE + 1];
        for (char character = ' '; character < 0x7f; character++) {
            kinds[character] |= VALUE;
            boolean plain = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9');
            if (plain || "!#$%&'*+-.^_`|~".indexOf(character) >= 0) {
                kinds[character] |= NAME;
            }
            if (plain || "/-_.".indexOf(character) >= 0) {
                kinds[character] |= TARGET;
            }
        }
        kinds['\t'] |= VALUE;
        return kinds;
    }
}
