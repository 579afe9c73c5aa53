package ai.exaone.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A real HTTP server that answers what the test says and remembers what it was asked. */
public final class StandInPlatform implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    public StandInPlatform() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** One request: {@code GET /path?query}, its credential, its body. */
    public record Asked(String call, String authorization, String body) {}

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * What calls are answered with: the first time with the first, and so on; the last answer stays.
     *
     * @param call with its query, or without for any query
     * @param bodies JSON, after a status and a space where it is not 200
     */
    public void answers(String call, String... bodies) {
        answers.put(call, new ConcurrentLinkedDeque<>(List.of(bodies)));
    }

    /** All that was asked, in its order. */
    public List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        synchronized (asked) {
            asked.add(new Asked(call, authorization, body));
        }
        Deque<String> prepared = Optional.ofNullable(answers.get(call))
                .or(() -> Optional.ofNullable(answers.get(call.replaceFirst("\\?.*", ""))))
                .orElseGet(() -> new ConcurrentLinkedDeque<>(List.of("404 {\"detail\": \"Nothing at " + call + "\"}")));
        String answer = prepared.size() > 1 ? prepared.removeFirst() : prepared.getFirst();
        int status = answer.matches("(?s)[0-9]{3} .*") ? Integer.parseInt(answer.substring(0, 3)) : 200;
        byte[] bytes = (status == 200 ? answer : answer.substring(4)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
