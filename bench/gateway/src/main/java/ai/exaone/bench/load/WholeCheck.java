package ai.exaone.bench.load;

import ai.exaone.bench.upstream.Answers;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An answer that is one JSON object: it has its last brace and, in this order, all that only a whole one has. The order lets it
 * be searched once.
 */
final class WholeCheck implements AnswerCheck {
    private static final int USUAL_BYTES = 16 * 1024;

    private final List<byte[]> marks;
    private byte[] body = new byte[USUAL_BYTES];
    private int length;

    private WholeCheck(String... marks) {
        this.marks = Arrays.stream(marks)
                .map(mark -> mark.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    static WholeCheck ofCompletion() {
        return new WholeCheck(
                "\"choices\":[", Answers.END_MARK + '"', "\"completion_tokens\":" + Answers.COMPLETION_TOKENS);
    }

    static WholeCheck ofEmbedding() {
        return new WholeCheck("\"embedding\":[", "],\"model\":", "\"total_tokens\":");
    }

    @Override
    public void begin(long sentNanos) {
        length = 0;
    }

    @Override
    public void read(ByteBuf bytes) {
        int more = bytes.readableBytes();
        if (length + more > body.length) {
            body = Arrays.copyOf(body, 2 * (length + more));
        }
        bytes.getBytes(bytes.readerIndex(), body, length, more);
        length += more;
    }

    @Override
    public Optional<String> verdict() {
        int end = length;
        while (end > 0 && body[end - 1] <= ' ') {
            end--;
        }
        if (end == 0 || body[0] != '{' || body[end - 1] != '}') {
            return Optional.of("not a whole JSON object");
        }
        int at = 0;
        for (byte[] mark : marks) {
            at = find(mark, at, end);
            if (at < 0) {
                return Optional.of("without " + new String(mark, StandardCharsets.US_ASCII));
            }
        }
        return Optional.empty();
    }

    private int find(byte[] mark, int from, int end) {
        for (int start = from; start <= end - mark.length; start++) {
            if (body[start] == mark[0] && Arrays.equals(body, start, start + mark.length, mark, 0, mark.length)) {
                return start + mark.length;
            }
        }
        return -1;
    }
}
