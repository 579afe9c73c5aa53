package ai.exaone.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class ScriptedUpstreamTest {
    private static final String KEY = "upstream-key";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ScriptedUpstream upstream;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start(0, 1, Optional.of(KEY), List.of("scripted", "other"));
    }

    @AfterEach
    void stop() {
        http.close();
        upstream.close();
    }

    @Test
    void answersInOpenAisShapes() throws Exception {
        assertThat(get("/v1/models").body()).contains("\"id\":\"scripted\"", "\"id\":\"other\"");
        assertThat(chat("{\"model\":\"scripted\"}").body())
                .contains(Answers.END_MARK, "\"completion_tokens\":" + Answers.COMPLETION_TOKENS);
        assertThat(post("/v1/embeddings", "{\"model\":\"scripted-embed\",\"input\":[\"a\",\"b\"]}")
                        .body())
                .contains("\"index\":1,\"embedding\":[0.0441");
    }

    @Test
    void streamsItsPiecesInOrderAndThenTheEnd() throws Exception {
        String stream =
                chat("{\"model\":\"scripted-chunks3-pace1\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")
                        .body();

        assertThat(stream)
                .containsSubsequence(
                        "\"content\":\"#0 ",
                        "\"content\":\"#1 ",
                        "\"content\":\"#2 ",
                        "\"finish_reason\":\"stop\"",
                        "\"completion_tokens\":3",
                        "data: [DONE]\n\n")
                .doesNotContain("#3 ");
    }

    @Test
    void refusesAnotherKey() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at("/v1/models"))
                .header("Authorization", "Bearer other")
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void failsAsItIsTold() throws Exception {
        HttpResponse<String> refused = chat("{\"model\":\"scripted-status429\"}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        assertThat(chat("{\"model\":\"scripted\",\"script\":\"status500\"}").statusCode())
                .isEqualTo(500);
        assertThat(chat("{\"model\":\"scripted\",\"script\":\"no such word\"}").statusCode())
                .isEqualTo(400);
        assertThat(put("/script", "status503").statusCode()).isEqualTo(200);
        assertThat(chat("{\"model\":\"scripted\"}").statusCode()).isEqualTo(503);
        assertThat(put("/script", "").statusCode()).isEqualTo(200);
        assertThat(chat("{\"model\":\"scripted\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void cutsTheAnswerAfterExactlySoManyBytes() throws Exception {
        String body = "{\"model\":\"scripted-chunks2\",\"stream\":true}";
        byte[] whole = raw(body + " ", "");

        for (int bytes : new int[] {0, 1, 50, 200, whole.length - 1}) {
            assertThat(raw(body, "x-script: cut" + bytes + "\r\n"))
                    .hasSize(bytes)
                    .isEqualTo(firstOf(whole, bytes));
        }
        assertThat(raw(body, "x-script: split7\r\n")).isEqualTo(whole);
    }

    @Test
    void countsThoseWhoLeave() throws Exception {
        post("/reset", "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), upstream.port())) {
            socket.getOutputStream().write(request("{\"model\":\"scripted-pace1000\",\"stream\":true}", ""));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            await().until(() -> get("/stats").body().contains("\"active\":1,"));
        }

        await().until(() -> get("/stats").body().contains("\"aborted\":1,\"active\":0,\"most_active\":1"));
        assertThat(get("/stats").body()).contains("\"requests\":1,", "\"models\":{\"scripted-pace1000\":1}");
    }

    @Test
    void answersWhatComesAtOnceInTurn() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), upstream.port())) {
            socket.getOutputStream().write(request("{\"model\":\"scripted-first20\"}", ""));
            socket.getOutputStream().write(request("{\"model\":\"scripted-status500\"}", ""));
            socket.getOutputStream()
                    .write(request("{\"model\":\"scripted-chunks1\",\"stream\":true}", "connection: close\r\n"));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(all)
                    .containsSubsequence("HTTP/1.1 200 ", Answers.END_MARK, "HTTP/1.1 500 ", "HTTP/1.1 200 ", "[DONE]");
        }
    }

    private HttpResponse<String> chat(String body) throws Exception {
        return post("/v1/chat/completions", body);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(path, "POST", body);
    }

    private HttpResponse<String> put(String path, String body) throws Exception {
        return send(path, "PUT", body);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(path, "GET", "");
    }

    private HttpResponse<String> send(String path, String method, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at(path))
                .header("Authorization", "Bearer " + KEY)
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + upstream.port() + path);
    }

    /** All bytes that come until the connection is closed. */
    private byte[] raw(String body, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), upstream.port())) {
            socket.getOutputStream().write(request(body, headers + "connection: close\r\n"));
            return socket.getInputStream().readAllBytes();
        }
    }

    private static byte[] request(String body, String headers) {
        return ("POST /v1/chat/completions HTTP/1.1\r\nhost: upstream\r\nauthorization: Bearer " + KEY + "\r\n"
                        + headers + "content-length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] firstOf(byte[] bytes, int count) {
        return Arrays.copyOf(bytes, count);
    }
}
