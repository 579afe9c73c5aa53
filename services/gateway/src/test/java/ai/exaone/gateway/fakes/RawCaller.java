package ai.exaone.gateway.fakes;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A caller who writes HTTP by hand, and reads it so. */
public final class RawCaller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final String key;

    public RawCaller(URI gateway, String key) throws IOException {
        this.socket = new Socket(gateway.getHost(), gateway.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.key = key;
    }

    /**
     * An answer.
     *
     * @param headers names in lower case; several of one name are joined by a bar
     */
    public record Answer(String version, int status, Map<String, String> headers, String body) {}

    /** A request for a chat, as it is written. */
    public String chat(String body, String... moreHeaders) {
        return head("POST", "/v1/chat/completions", moreHeaders) + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** A head without the empty line that ends it. */
    public String head(String method, String path, String... moreHeaders) {
        String more = moreHeaders.length == 0 ? "" : String.join("\r\n", moreHeaders) + "\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + key + "\r\n" + more;
    }

    /** Writes. */
    public RawCaller send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads one answer whole. */
    public Answer answer() throws IOException {
        return answer(true);
    }

    /** Reads one answer to a request that asks for none of its body. */
    public Answer head() throws IOException {
        return answer(false);
    }

    private Answer answer(boolean withBody) throws IOException {
        String[] start = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] parts = line.split(":", 2);
            headers.merge(parts[0].toLowerCase(Locale.ROOT), parts[1].strip(), (first, second) -> first + "|" + second);
        }
        return new Answer(start[0], Integer.parseInt(start[1]), headers, withBody ? body(start[1], headers) : "");
    }

    private String body(String status, Map<String, String> headers) throws IOException {
        if (status.startsWith("1")) {
            return "";
        }
        if (headers.containsKey("content-length")) {
            int length = Integer.parseInt(headers.get("content-length"));
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new IOException("The body ends after " + bytes.length + " of " + length + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return headers.containsKey("transfer-encoding")
                ? chunks()
                : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private String chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = length(); length > 0; length = length()) {
            body.writeBytes(in.readNBytes(length));
            line();
        }
        line();
        return body.toString(StandardCharsets.UTF_8);
    }

    private int length() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    /** Whether the gateway has closed the connection, with nothing left to read. */
    public boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    /** Says that nothing more is written. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The connection was closed after: " + line);
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
