package ai.exaone.gateway.openai;

import java.nio.charset.StandardCharsets;

/**
 * A stretch of bytes.
 *
 * @param start its first byte
 * @param end the byte after its last
 */
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("Not a span: " + start + " to " + end);
        }
    }

    /** The text of this stretch of UTF-8. */
    public String text(byte[] bytes) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
