package ai.exaone.serving.settings;

import ai.exaone.serving.deployment.EngineKey;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks an OpenAI-compatible server which models it has. Blocks its caller. */
public final class ListedModels {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int LARGEST_BYTES = 4 * 1024 * 1024;

    private ListedModels() {}

    /**
     * One model of the server.
     *
     * @param contextTokens 0 where it says none
     */
    public record Listed(String name, int contextTokens) {}

    /**
     * Its models.
     *
     * @param root without {@code /v1}
     * @param timeout for connecting, and again for the answer
     * @throws IOException if it does not answer with a list; the message says why, without the answer's text
     */
    public static List<Listed> of(String root, Optional<EngineKey> key, Duration timeout)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(root + "/v1/models"))
                .timeout(timeout)
                .GET();
        key.ifPresent(present -> request.header("Authorization", "Bearer " + present.value()));
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build()) {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw new IOException(refusal(answer.statusCode(), key.isPresent()));
                }
                return listed(JSON.readTree(body.readNBytes(LARGEST_BYTES)));
            }
        } catch (JsonProcessingException malformed) {
            throw new IOException("it answers with something else", malformed);
        } catch (HttpTimeoutException silent) {
            throw new IOException("it does not answer within " + timeout.toSeconds() + " s", silent);
        } catch (ConnectException refused) {
            throw new IOException("it takes no connections", refused);
        }
    }

    private static String refusal(int status, boolean hasKey) {
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN ->
                (hasKey ? "it refuses the key" : "it asks for a key") + " (status " + status + ")";
            default -> "it answers with status " + status;
        };
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
