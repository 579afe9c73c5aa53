package ai.exaone.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.standalone.doctor.Finding.Grade;
import ai.exaone.standalone.settings.ChatEngine;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatEngineCheckTest {
    private static final String MODELS = "{\"data\": [{\"id\": \"EXAONE-4.0-32B\"}, {\"id\": \"EXAONE-4.0-1.2B\"}]}";

    @TempDir
    Path folder;

    private HttpServer server;
    private volatile String models = MODELS;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/models", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void namesTheModelsOfAnEndpoint() throws Exception {
        var finding = ChatEngineCheck.endpoint(new ChatEngine.External(url("/v1"), Optional.of(key("right\n"))));
        assertThat(finding.grade()).isEqualTo(Grade.GOOD);
        assertThat(finding.detail()).endsWith("EXAONE-4.0-32B, EXAONE-4.0-1.2B");
    }

    @Test
    void saysThatAKeyIsMissingOrRefused() throws Exception {
        assertThat(ChatEngineCheck.endpoint(new ChatEngine.External(url(""), Optional.empty())))
                .extracting(Finding::grade, Finding::detail)
                .containsExactly(
                        Grade.BAD,
                        "The engine at " + url("")
                                + " does not list its models: it asks for a key (status 401). Chats are answered once it does.");
        assertThat(ChatEngineCheck.endpoint(new ChatEngine.External(url(""), Optional.of(key("wrong"))))
                        .detail())
                .contains("it refuses the key (status 401)")
                .doesNotContain("wrong");
    }

    @Test
    void saysThatNothingListensOrThatItIsNoEngine() throws Exception {
        models = "<html>Hello</html>";
        assertThat(ChatEngineCheck.endpoint(new ChatEngine.External(url(""), Optional.of(key("right"))))
                        .detail())
                .contains("it answers with something else");
        server.stop(0);
        assertThat(ChatEngineCheck.endpoint(new ChatEngine.External(url(""), Optional.empty()))
                        .detail())
                .contains("it takes no connections");
    }

    @Test
    void refusesAFileThatIsNoModel() throws IOException {
        var notes = Files.writeString(folder.resolve("notes.gguf"), "Not a model at all, but some text.");
        var empty = Files.writeString(folder.resolve("empty.gguf"), "");
        for (var file : List.of(notes, empty)) {
            var finding = ChatEngineCheck.weights(new ChatEngine.ModelFile(file));
            assertThat(finding.grade()).isEqualTo(Grade.BAD);
            assertThat(finding.detail()).isEqualTo("The model in --gguf cannot be served: Not a GGUF file: " + file);
        }
        assertThat(ChatEngineCheck.weights(new ChatEngine.Embedded()).grade()).isEqualTo(Grade.GOOD);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Path key(String text) throws IOException {
        return Files.writeString(folder.resolve("key"), text);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = "Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = (known ? models : "{\"error\": {\"message\": \"canary\"}}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
