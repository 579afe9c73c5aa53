package ai.exaone.gateway.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the events in a stream of server-sent events, wherever it is cut into pieces. Those that are plain parts of an answer are
 * given on as the bytes they are, many at once; only those that may say something else, such as a count of tokens, are read. Lines
 * end with LF or CRLF. For one thread; keeps at most one unfinished event.
 */
public final class EventScanner {
    /** Takes what is found. */
    public interface Events {
        /**
         * Plain parts in a row.
         *
         * @param bytes to be used during this call only
         * @param count how many there are
         */
        void parts(byte[] bytes, int offset, int length, int count);

        /** Any other event. */
        void event(ChatEvent event);

        /** Whether more is wanted of what has come. */
        boolean wantsMore();
    }

    private static final int FIRST_CAPACITY = 2 * 1024;
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
    private static final byte[] USAGE = "\"usage\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "\"error\"".getBytes(StandardCharsets.US_ASCII);
    /** The last event is shorter. */
    private static final int SHORT_EVENT = 32;

    private static final int NO = 0;
    private static final int YES = 1;
    private static final int UNDECIDED = 2;

    private final int longestEvent;
    private final boolean readsAll;
    private byte[] kept = new byte[0];
    private int keptLength;

    // Of the event that is being scanned.
    private int scanned;
    private int lineLength;
    private int lines;
    private boolean special;

    /**
     * @param longestEvent bytes of the longest event that is kept
     * @param readsAll whether even plain parts are given one by one
     */
    public EventScanner(int longestEvent, boolean readsAll) {
        this.longestEvent = longestEvent;
        this.readsAll = readsAll;
    }

    /**
     * Adds a piece.
     *
     * @return false when the event that is being collected has become too long
     */
    public boolean add(byte[] bytes, int offset, int length, Events events) {
        if (keptLength == 0) {
            int rest = scan(bytes, offset, offset + length, events);
            keep(bytes, rest, offset + length - rest);
            return keptLength <= longestEvent;
        }
        keep(bytes, offset, length);
        int end = keptLength;
        int rest = scan(kept, 0, end, events);
        System.arraycopy(kept, rest, kept, 0, end - rest);
        keptLength = end - rest;
        return keptLength <= longestEvent;
    }

    private void keep(byte[] bytes, int from, int count) {
        if (count == 0) {
            return;
        }
        int needed = keptLength + count;
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(Math.max(FIRST_CAPACITY, needed), kept.length * 2));
        }
        System.arraycopy(bytes, from, kept, keptLength, count);
        keptLength = needed;
    }

    /**
     * Scans from where it stopped.
     *
     * @return where the unfinished event begins
     */
    private int scan(byte[] bytes, int from, int to, Events events) {
        int start = from;
        int run = from;
        int runCount = 0;
        int at = from + scanned;
        while (at < to) {
            byte current = bytes[at];
            if (current == '"' && !special) {
                int found = look(bytes, at, to);
                if (found == UNDECIDED) {
                    break;
                }
                special = found == YES;
                lineLength++;
            } else if (current == '\n') {
                boolean complete = lineLength == 0;
                lines += complete ? 0 : 1;
                lineLength = 0;
                if (complete) {
                    int end = at + 1;
                    if (isPart(bytes, start, end)) {
                        runCount++;
                    } else {
                        give(bytes, run, start, runCount, events);
                        runCount = 0;
                        run = end;
                        if (events.wantsMore()) {
                            events.event(ChatEvent.of(Arrays.copyOfRange(bytes, start, end)));
                        }
                    }
                    start = end;
                    lines = 0;
                    special = false;
                }
            } else if (current != '\r') {
                lineLength++;
            }
            at++;
        }
        give(bytes, run, start, runCount, events);
        scanned = at - start;
        return start;
    }

    private static void give(byte[] bytes, int from, int to, int count, Events events) {
        if (count > 0 && events.wantsMore()) {
            events.parts(bytes, from, to - from, count);
        }
    }

    /** Whether an event needs no reading: one line of data, not as short as the stream's end, that names nothing we look for. */
    private boolean isPart(byte[] bytes, int start, int end) {
        return !readsAll
                && !special
                && lines == 1
                && end - start > SHORT_EVENT
                && Bytes.startsWith(bytes, start, end, DATA);
    }

    /** Whether a name that we look for, with a value that is not {@code null}, begins at a quotation mark. */
    private static int look(byte[] bytes, int at, int to) {
        if (at + 1 >= to) {
            return UNDECIDED;
        }
        byte[] name;
        switch (bytes[at + 1]) {
            case 'u' -> name = USAGE;
            case 'e' -> name = ERROR;
            default -> {
                return NO;
            }
        }
        for (int i = 2; i < name.length; i++) {
            if (at + i >= to) {
                return UNDECIDED;
            }
            if (bytes[at + i] != name[i]) {
                return NO;
            }
        }
        return value(bytes, at + name.length, to);
    }

    private static int value(byte[] bytes, int after, int to) {
        int colon = skipSpace(bytes, after, to);
        if (colon >= to) {
            return UNDECIDED;
        }
        if (bytes[colon] != ':') {
            return NO;
        }
        int value = skipSpace(bytes, colon + 1, to);
        if (value >= to) {
            return UNDECIDED;
        }
        return bytes[value] == 'n' ? NO : YES;
    }

    private static int skipSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }
}
