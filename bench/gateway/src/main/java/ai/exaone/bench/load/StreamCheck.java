package ai.exaone.bench.load;

import ai.exaone.bench.upstream.Answers;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A stream of server-sent events: every piece of content is there once, in order, and then the usage and the end mark. Times are
 * taken when a piece's line is whole.
 */
final class StreamCheck implements AnswerCheck {
    private static final byte[] DATA = ascii("data:");
    private static final byte[] DONE = ascii("[DONE]");
    private static final byte[] CONTENT = ascii("\"content\":\"" + Answers.PIECE_MARK);
    private static final byte[] ERROR = ascii("\"error\":");
    private static final int USUAL_LINE_BYTES = 1024;

    private final int expected;
    private final byte[] usage;
    private final Times times;
    private byte[] line = new byte[USUAL_LINE_BYTES];
    private int length;
    private int pieces;
    private long lastNanos;
    private boolean disorder;
    private boolean error;
    private boolean counted;
    private boolean done;

    /** Told of each piece. */
    interface Times {
        /** The first, so long after the request was sent. */
        void first(long nanos);

        /** A later one, so long after the one before. */
        void later(long nanos);
    }

    StreamCheck(int expected, Times times) {
        this.expected = expected;
        this.usage = ascii("\"completion_tokens\":" + expected);
        this.times = times;
    }

    @Override
    public void begin(long sentNanos) {
        length = 0;
        pieces = 0;
        lastNanos = sentNanos;
        disorder = false;
        error = false;
        counted = false;
        done = false;
    }

    @Override
    public void read(ByteBuf bytes) {
        int from = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (from < end) {
            int lineEnd = bytes.indexOf(from, end, (byte) '\n');
            int stop = lineEnd < 0 ? end : lineEnd;
            append(bytes, from, stop - from);
            if (lineEnd >= 0) {
                takeLine();
                length = 0;
            }
            from = stop + 1;
        }
    }

    @Override
    public Optional<String> verdict() {
        if (error) {
            return Optional.of("stream with an error event");
        }
        if (!done) {
            return Optional.of("stream without its end mark");
        }
        if (disorder) {
            return Optional.of("stream with pieces out of order");
        }
        if (pieces != expected) {
            return Optional.of("stream with " + pieces + " pieces");
        }
        return counted ? Optional.empty() : Optional.of("stream without its usage");
    }

    private void append(ByteBuf bytes, int from, int count) {
        if (length + count > line.length) {
            line = Arrays.copyOf(line, 2 * (length + count));
        }
        bytes.getBytes(from, line, length, count);
        length += count;
    }

    private void takeLine() {
        if (!isAt(DATA, 0)) {
            return;
        }
        int start = DATA.length;
        while (start < length && line[start] == ' ') {
            start++;
        }
        if (isAt(DONE, start)) {
            done = true;
            return;
        }
        disorder |= done;
        int content = find(CONTENT, start);
        if (content >= 0) {
            takePiece(content + CONTENT.length);
        } else {
            counted |= find(usage, start) >= 0;
            error |= find(ERROR, start) >= 0;
        }
    }

    private void takePiece(int at) {
        int number = 0;
        int digits = at;
        while (digits < length && line[digits] >= '0' && line[digits] <= '9') {
            number = 10 * number + line[digits] - '0';
            digits++;
        }
        disorder |= digits == at || number != pieces;
        long now = System.nanoTime();
        if (pieces == 0) {
            times.first(now - lastNanos);
        } else {
            times.later(now - lastNanos);
        }
        lastNanos = now;
        pieces++;
    }

    private boolean isAt(byte[] mark, int at) {
        return at + mark.length <= length && Arrays.equals(line, at, at + mark.length, mark, 0, mark.length);
    }

    private int find(byte[] mark, int from) {
        for (int start = from; start <= length - mark.length; start++) {
            if (line[start] == mark[0] && isAt(mark, start)) {
                return start;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
