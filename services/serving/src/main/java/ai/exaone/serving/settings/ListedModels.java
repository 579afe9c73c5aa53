package ai.exaone.serving.settings;

import ai.exaone.serving.deployment.EngineKey;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks an OpenAI-compatible server which models it has. Blocks its caller. */
final class ListedModels {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int LARGEST_BYTES = 4 * 1024 * 1024;

    private ListedModels() {}

    /**
     * One model of the server.
     *
     * @param contextTokens 0 where it says none
     */
    record Listed(String name, int contextTokens) {}

    /**
     * Its models.
     *
     * @param root without {@code /v1}
     * @throws IOException if it does not answer with a list; the message says why, without the answer's text
     */
    static List<Listed> of(String root, Optional<EngineKey> key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(root + "/v1/models"))
                .timeout(TIMEOUT)
                .GET();
        key.ifPresent(present -> request.header("Authorization", "Bearer " + present.value()));
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build()) {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw new IOException("it answers with status " + answer.statusCode());
                }
                return listed(JSON.readTree(body.readNBytes(LARGEST_BYTES)));
            }
        }
    }

    private static List<Listed> listed(JsonNode answer) throws IOException {
        List<Listed> models = new ArrayList<>();
        for (JsonNode model : answer.path("data")) {
            String name = model.path("id").asText("");
            if (!name.isEmpty()) {
                models.add(
                        new Listed(name, Math.max(0, model.path("max_model_len").asInt(0))));
            }
        }
        if (models.isEmpty()) {
            throw new IOException("it lists no models");
        }
        return models;
    }
}
