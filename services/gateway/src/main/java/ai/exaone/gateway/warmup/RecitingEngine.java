package ai.exaone.gateway.warmup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands where an engine does while the gateway warms up, on loopback: whatever it is asked it recites the same words, whole or as a stream.
 * It takes a few connections in its life, and none once it is closed.
 */
final class RecitingEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecitingEngine.class);
    private static final int MOST_CONNECTIONS = 16;
    private static final String STREAMED = "\"stream\":true";
    private static final String[] WORDS = {"So", " the", " engine", " recites", " these", " few", " words", "."};
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":16,\"completion_tokens\":" + WORDS.length + ",\"total_tokens\":24}";
    private static final byte[] WHOLE = whole();
    private static final byte[] STREAM_HEAD = ascii(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n");
    private static final byte[][] STREAM = stream();

    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    RecitingEngine() throws IOException {
        this.listener = new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getLoopbackAddress());
        start("warm-up-engine", this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            for (int i = 0; i < MOST_CONNECTIONS; i++) {
                Socket connection = listener.accept();
                connections.add(connection);
                start("warm-up-engine-" + i, () -> serve(connection));
            }
        } catch (IOException closed) {
            LOG.debug("The reciting engine takes no more connections", closed);
        }
    }

    private static void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = new BufferedOutputStream(connection.getOutputStream());
            while (true) {
                byte[] asked = WireMessage.read(in).body();
                recite(new String(asked, StandardCharsets.ISO_8859_1).contains(STREAMED), out);
            }
        } catch (IOException over) {
            LOG.debug("A connection to the reciting engine is over", over);
        }
    }

    private static void recite(boolean streamed, OutputStream out) throws IOException {
        if (!streamed) {
            out.write(WHOLE);
            out.flush();
            return;
        }
        out.write(STREAM_HEAD);
        // Piece by piece, as from an engine that generates.
        for (byte[] piece : STREAM) {
            out.write(piece);
            out.flush();
        }
    }

    private static byte[] whole() {
        String body =
                "{\"id\":\"chatcmpl-0\",\"object\":\"chat.completion\",\"created\":0,\"model\":\"engine\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"" + String.join("", WORDS)
                        + "\"},\"finish_reason\":\"stop\"}]," + USAGE + "}";
        return ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private static byte[][] stream() {
        byte[][] pieces = new byte[WORDS.length + 2][];
        for (int i = 0; i < WORDS.length; i++) {
            pieces[i] = chunk(event(
                    "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + WORDS[i] + "\"},\"finish_reason\":null}]"));
        }
        pieces[WORDS.length] = chunk(event("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]"));
        pieces[WORDS.length + 1] =
                ascii(text(event("\"choices\":[]," + USAGE)) + text("data: [DONE]\n\n") + "0\r\n\r\n");
        return pieces;
    }

    private static String event(String members) {
        return "data: {\"id\":\"chatcmpl-0\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"engine\","
                + members + "}\n\n";
    }

    private static byte[] chunk(String event) {
        return ascii(text(event));
    }

    private static String text(String event) {
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void start(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }
}
