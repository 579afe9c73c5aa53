package ai.exaone.agents.tool.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server of the protocol that misbehaves on demand. */
final class ScriptedMcpServer implements AutoCloseable {
    private static final String TOOLS = """
            {"tools":[{"name":"first","description":"The first.","inputSchema":{"type":"object"}}%s]%s}""";
    private static final String SECOND = ",{\"name\":\"second\",\"inputSchema\":{\"type\":\"object\"}}";

    private final HttpServer server;
    private final List<String> methods = new CopyOnWriteArrayList<>();
    private final List<String> versions = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final StringBuffer answered = new StringBuffer();
    private final AtomicInteger session = new AtomicInteger(1);
    private volatile boolean paged;
    private volatile boolean streaming;
    private volatile boolean breaking;
    private volatile boolean echoing;
    private volatile boolean alien;

    ScriptedMcpServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/mcp", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
    }

    List<String> methods() {
        return methods;
    }

    List<String> versions() {
        return versions;
    }

    List<String> keys() {
        return keys;
    }

    String answered() {
        return answered.toString();
    }

    void paged() {
        paged = true;
    }

    void streaming() {
        streaming = true;
    }

    void breakOff() {
        breaking = true;
    }

    void echoSecret() {
        echoing = true;
    }

    void notMcp() {
        alien = true;
    }

    void forgetSessions() {
        session.incrementAndGet();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (alien) {
                send(exchange, 200, "text/html", "<html></html>");
                return;
            }
            if (exchange.getRequestMethod().equals("DELETE")) {
                methods.add("DELETE");
                send(exchange, 200, "text/plain", "");
                return;
            }
            JsonNode message =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            String method = message.path("method").asString("");
            if (method.isEmpty()) {
                answered.append(message);
                send(exchange, 202, "text/plain", "");
                return;
            }
            methods.add(method);
            versions.add(String.valueOf(exchange.getRequestHeaders().getFirst("MCP-Protocol-Version")));
            if (method.equals("initialize")) {
                exchange.getResponseHeaders().set("Mcp-Session-Id", "s" + session.get());
                result(exchange, message, "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"serverInfo\":{}}");
            } else if (!("s" + session.get())
                    .equals(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"))) {
                send(exchange, 404, "text/plain", "");
            } else if (method.startsWith("notifications/")) {
                send(exchange, 202, "text/plain", "");
            } else if (method.equals("tools/list")) {
                result(exchange, message, list(message));
            } else {
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
                call(exchange, message);
            }
        }
    }

    private String list(JsonNode message) {
        if (!paged) {
            return TOOLS.formatted(SECOND, "");
        }
        boolean first = message.path("params").path("cursor").isMissingNode();
        return first ? TOOLS.formatted("", ",\"nextCursor\":\"2\"") : "{\"tools\":[" + SECOND.substring(1) + "]}";
    }

    private void call(HttpExchange exchange, JsonNode message) throws IOException {
        String text = echoing ? "you sent " + exchange.getRequestHeaders().getFirst("Authorization") : "done";
        String result = "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
        if (breaking) {
            send(
                    exchange,
                    200,
                    "text/event-stream",
                    "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n\n");
        } else if (streaming) {
            send(
                    exchange,
                    200,
                    "text/event-stream",
                    ": hello\n\n"
                            + event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}")
                            + event("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}")
                            + event("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"sampling/createMessage\"}")
                            + event(answer(message, result)));
        } else {
            result(exchange, message, result);
        }
    }

    private static String event(String data) {
        return "event: message\ndata: " + data + "\n\n";
    }

    private static String answer(JsonNode message, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}";
    }

    private static void result(HttpExchange exchange, JsonNode message, String result) throws IOException {
        send(exchange, 200, "application/json", answer(message, result));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
