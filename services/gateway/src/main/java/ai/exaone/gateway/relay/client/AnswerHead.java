package ai.exaone.gateway.relay.client;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/** The head of one answer: headers while they are collected, then the bytes (RFC 9112). Names of headers are in lower case. */
final class AnswerHead {
    private static final int USUAL_LINES = 16;
    private static final int USUAL_LENGTH = 1024;
    private static final int OK = 200;
    private static final String STATUS_OK = "HTTP/1.1 200 OK\r\n";
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[USUAL_LENGTH];
        }
    };

    private String[] lines = new String[2 * USUAL_LINES];
    private int filled;
    private byte[] bytes = new byte[0];
    private int length;

    /** Sets a header; it stands in place of an earlier one of its name. */
    void set(String name, String value) {
        for (int at = 0; at < filled; at += 2) {
            if (lines[at].equals(name)) {
                lines[at + 1] = value;
                return;
            }
        }
        if (filled == lines.length) {
            lines = Arrays.copyOf(lines, 2 * filled);
        }
        lines[filled++] = name;
        lines[filled++] = value;
    }

    /** Makes the bytes. They are good until the event loop's next head is made. */
    int compose(int status) {
        bytes = SCRATCH.get();
        length = 0;
        add(status == OK ? STATUS_OK : statusLine(status));
        add("date: ");
        add(DateHeader.now());
        add("\r\n");
        for (int at = 0; at < filled; at += 2) {
            add(lines[at]);
            add(": ");
            addValue(lines[at + 1]);
            add("\r\n");
        }
        add("\r\n");
        return length;
    }

    /** Writes what was composed last. */
    void writeTo(ByteBuf buffer) {
        buffer.writeBytes(bytes, 0, length);
    }

    private static String statusLine(int status) {
        return "HTTP/1.1 " + status + ' ' + HttpResponseStatus.valueOf(status).reasonPhrase() + "\r\n";
    }

    private void add(String text) {
        reserve(text.length());
        for (int at = 0; at < text.length(); at++) {
            bytes[length + at] = (byte) text.charAt(at);
        }
        length += text.length();
    }

    /** No value reaches beyond its line. */
    private void addValue(String value) {
        reserve(value.length());
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            bytes[length + at] = character >= ' ' && character < 0x7f ? (byte) character : (byte) '?';
        }
        length += value.length();
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
            SCRATCH.set(bytes);
        }
    }
}
