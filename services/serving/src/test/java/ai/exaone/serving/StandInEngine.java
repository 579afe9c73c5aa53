package ai.exaone.serving;

import ai.exaone.testing.FreePorts;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** As much of an OpenAI-compatible server as serving sees: it lists its models to those who have its key. */
final class StandInEngine implements AutoCloseable {
    static final String KEY = "the engine's own key";

    private final List<String> models;
    private final int port;
    private HttpServer server;
    private volatile int status = 200;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

    StandInEngine(String... models) throws IOException {
        this.models = List.of(models);
        port = FreePorts.take();
        server = open(port);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Answers with another status from now on. */
    void answerWith(int newStatus) {
        status = newStatus;
    }

    /** Answers nothing until it is idle again. */
    void beBusy() {
        idle = new CompletableFuture<>();
    }

    void beIdle() {
        idle.complete(null);
    }

    /** How often it was asked something. */
    int asked() {
        return asked.get();
    }

    /** Takes no connections until it comes back. */
    void leave() {
        server.stop(0);
    }

    void comeBack() throws IOException {
        server = open(port);
    }

    @Override
    public void close() {
        beIdle();
        server.stop(0);
    }

    private HttpServer open(int onPort) throws IOException {
        var opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
        opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        opened.createContext("/v1/models", this::list);
        opened.start();
        return opened;
    }

    private void list(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        idle.join();
        boolean known = ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String data = models.stream()
                .map(model -> "{\"id\":\"%s\",\"object\":\"model\",\"max_model_len\":32768}".formatted(model))
                .collect(Collectors.joining(","));
        byte[] body = ("{\"object\":\"list\",\"data\":[" + data + "]}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? status : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
