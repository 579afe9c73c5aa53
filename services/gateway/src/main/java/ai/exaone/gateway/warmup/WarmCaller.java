package ai.exaone.gateway.warmup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A caller with one connection, who asks for chats of several lengths, whole and streamed. For one thread. */
final class WarmCaller implements AutoCloseable {
    private static final int[] WORDS = {20, 200, 20, 2_000};
    /** A key that is new has to be asked for: the first caller's is. */
    private static final int CALLS_OF_KEY = 32;

    private static final String ANSWERED = "HTTP/1.1 200 ";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final IntFunction<String> keys;
    private final List<String> bodies = new ArrayList<>();

    /**
     * @param keys it calls with, one after the other
     */
    WarmCaller(InetSocketAddress door, IntFunction<String> keys, String model, Duration patience) throws IOException {
        this.keys = keys;
        for (int words : WORDS) {
            bodies.add(body(model, words, false));
            bodies.add(body(model, words, true));
        }
        this.socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        socket.connect(door, Math.toIntExact(patience.toMillis()));
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /**
     * Calls, and waits for the answer.
     *
     * @param number says what it asks, and with which key
     * @throws IOException when there is none, or not the one that was to be expected
     */
    void call(int number) throws IOException {
        out.write(request(keys.apply(number / CALLS_OF_KEY), bodies.get(number % bodies.size())));
        WireMessage answer = WireMessage.read(in);
        if (!answer.startLine().startsWith(ANSWERED)) {
            throw new IOException(
                    "Answered " + answer.startLine() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static byte[] request(String key, String body) {
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nAccept: */*\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static String body(String model, int words, boolean streamed) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(words)
                + "\"}],\"stream\":" + streamed + ",\"max_tokens\":64,\"temperature\":0}";
    }
}
