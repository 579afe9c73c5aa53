package ai.exaone.gateway.openai;

import java.util.Arrays;
import java.util.Optional;

/**
 * Splits a stream of server-sent events into whole events, each with the empty line that ends it. Lines end with LF or CRLF. For one
 * thread; keeps at most one unfinished event and what was read after it.
 */
public final class EventSplitter {
    private static final int FIRST_CAPACITY = 8 * 1024;

    private final int longestEvent;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int start;
    private int scanned;
    private int end;
    private int lineLength;

    /**
     * @param longestEvent bytes of the longest event that is kept
     */
    public EventSplitter(int longestEvent) {
        this.longestEvent = longestEvent;
    }

    /**
     * Adds what was read.
     *
     * @return false when the event that is being collected has become too long
     */
    public boolean add(byte[] bytes, int count) {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            scanned -= start;
            end -= start;
            start = 0;
        }
        if (end + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + count));
        }
        System.arraycopy(bytes, 0, buffer, end, count);
        end += count;
        return end <= longestEvent + bytes.length;
    }

    /** The next whole event. */
    public Optional<byte[]> next() {
        while (scanned < end) {
            byte current = buffer[scanned++];
            if (current == '\n') {
                boolean empty = lineLength == 0;
                lineLength = 0;
                if (empty) {
                    byte[] event = Arrays.copyOfRange(buffer, start, scanned);
                    start = scanned;
                    return Optional.of(event);
                }
            } else if (current != '\r') {
                lineLength++;
            }
        }
        return Optional.empty();
    }

    /** Whether nothing but empty lines is left over: a stream that ends here ends between events. */
    public boolean atBoundary() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != '\n' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
