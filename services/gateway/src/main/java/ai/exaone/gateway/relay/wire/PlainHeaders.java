package ai.exaone.gateway.relay.wire;

import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header lines of a message: their bytes, and where names and values lie in them, so that no header becomes an object unless it is
 * asked for. Only lines of which each byte is what the grammar (RFC 9112) wants, without any of its liberties, are read at all. Names are
 * found in any case.
 */
public final class PlainHeaders {
    private static final int MOST_HEADERS = 64;
    private static final int MOST_DIGITS = 12;
    /** Of each header: where its name begins and ends, and where its value does. */
    private static final int PLACES = 4;

    private static final byte NAME = 1;
    private static final byte VALUE = 2;
    private static final byte[] KINDS = kinds();
    private static final FastThreadLocal<int[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected int[] initialValue() {
            return new int[MOST_HEADERS * PLACES];
        }
    };

    private final byte[] bytes;
    private final int[] places;

    private PlainHeaders(byte[] bytes, int[] places) {
        this.bytes = bytes;
        this.places = places;
    }

    /**
     * Reads the lines up to the empty one that ends them.
     *
     * @param bytes are copied
     * @param start of the first line
     * @param limit where the bytes end
     * @return null where they are not plain, or not whole
     */
    public static @Nullable PlainHeaders read(byte[] bytes, int start, int limit) {
        int[] places = SCRATCH.get();
        int filled = 0;
        int at = start;
        while (at + 1 < limit) {
            if (bytes[at] == '\r') {
                return bytes[at + 1] == '\n' ? copy(bytes, start, at + 2, places, filled) : null;
            }
            int nameEnd = end(bytes, at, limit, NAME);
            if (filled == places.length || nameEnd == at || nameEnd == limit || bytes[nameEnd] != ':') {
                return null;
            }
            int lineEnd = end(bytes, nameEnd + 1, limit, VALUE);
            if (lineEnd + 1 >= limit || bytes[lineEnd] != '\r' || bytes[lineEnd + 1] != '\n') {
                return null;
            }
            places[filled++] = at - start;
            places[filled++] = nameEnd - start;
            filled = trim(bytes, nameEnd + 1, lineEnd, start, places, filled);
            at = lineEnd + 2;
        }
        return null;
    }

    private static int trim(byte[] bytes, int from, int to, int start, int[] places, int filled) {
        int valueStart = from;
        int valueEnd = to;
        while (valueStart < valueEnd && isSpace(bytes[valueStart])) {
            valueStart++;
        }
        while (valueEnd > valueStart && isSpace(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        places[filled] = valueStart - start;
        places[filled + 1] = valueEnd - start;
        return filled + 2;
    }

    private static PlainHeaders copy(byte[] bytes, int start, int end, int[] places, int filled) {
        return new PlainHeaders(Arrays.copyOfRange(bytes, start, end), Arrays.copyOf(places, filled));
    }

    /** Bytes of the lines, the empty one included. */
    public int length() {
        return bytes.length;
    }

    /** Whether there is a header of a name. */
    public boolean has(CharSequence name) {
        return find(name, 0) >= 0;
    }

    /** Whether there is one header of a name, and no other. */
    public boolean hasOne(CharSequence name) {
        int first = find(name, 0);
        return first >= 0 && find(name, first + PLACES) < 0;
    }

    /** The first header of a name. */
    public @Nullable String first(CharSequence name) {
        int at = find(name, 0);
        return at < 0 ? null : value(at);
    }

    /** All headers of a name, in their order. */
    public List<String> all(CharSequence name) {
        List<String> values = new ArrayList<>(1);
        for (int at = find(name, 0); at >= 0; at = find(name, at + PLACES)) {
            values.add(value(at));
        }
        return values;
    }

    /** The number that the one header of a name is, in digits and nothing else; negative where it is none, or not the only one. */
    public long number(CharSequence name) {
        int place = find(name, 0);
        if (place < 0 || find(name, place + PLACES) >= 0) {
            return -1;
        }
        int end = places[place + 3];
        int digits = end - places[place + 2];
        if (digits == 0 || digits > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int at = end - digits; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private String value(int place) {
        int start = places[place + 2];
        return new String(bytes, start, places[place + 3] - start, StandardCharsets.ISO_8859_1);
    }

    private int find(CharSequence name, int from) {
        int length = name.length();
        for (int place = from; place < places.length; place += PLACES) {
            int start = places[place];
            if (places[place + 1] - start == length && isNamed(start, name, length)) {
                return place;
            }
        }
        return -1;
    }

    private boolean isNamed(int start, CharSequence name, int length) {
        for (int at = 0; at < length; at++) {
            if (lower(bytes[start + at]) != lower((byte) name.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static int end(byte[] bytes, int start, int limit, byte kind) {
        int at = start;
        while (at < limit && bytes[at] >= 0 && (KINDS[bytes[at]] & kind) != 0) {
            at++;
        }
        return at;
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
            boolean alphanumeric = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9');
            if (alphanumeric || "!#$%&'*+-.^_`|~".indexOf(character) >= 0) {
                kinds[character] |= NAME;
            }
        }
        kinds['\t'] |= VALUE;
        return kinds;
    }
}
