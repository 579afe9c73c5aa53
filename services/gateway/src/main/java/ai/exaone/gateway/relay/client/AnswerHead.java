package ai.exaone.gateway.relay.client;

import ai.exaone.gateway.relay.wire.HeadBytes;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;

/** The head of one answer: headers while they are collected, then the bytes (RFC 9112). Names of headers are in lower case. */
final class AnswerHead {
    private static final int USUAL_HEADERS = 12;
    private static final int OK = 200;
    private static final String STATUS_OK = "HTTP/1.1 200 OK\r\n";

    private String[] headers = new String[2 * USUAL_HEADERS];
    private int filled;

    /** Sets a header; it stands in place of an earlier one of its name. */
    void set(String name, String value) {
        for (int at = 0; at < filled; at += 2) {
            if (headers[at].equals(name)) {
                headers[at + 1] = value;
                return;
            }
        }
        if (filled == headers.length) {
            headers = Arrays.copyOf(headers, 2 * filled);
        }
        headers[filled++] = name;
        headers[filled++] = value;
    }

    /** Its bytes. */
    HeadBytes bytes(int status) {
        HeadBytes bytes = HeadBytes.begin().add(status == OK ? STATUS_OK : statusLine(status));
        for (int at = 0; at < filled; at += 2) {
            bytes.line(headers[at], headers[at + 1]);
        }
        return bytes.line("date", DateHeader.now()).add("\r\n");
    }

    private static String statusLine(int status) {
        return "HTTP/1.1 " + status + ' ' + HttpResponseStatus.valueOf(status).reasonPhrase() + "\r\n";
    }
}
