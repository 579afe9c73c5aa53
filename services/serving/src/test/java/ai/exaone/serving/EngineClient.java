package ai.exaone.serving;

import ai.exaone.proto.serving.internal.v1.RouteReplica;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Speaks to an engine as a gateway does. */
final class EngineClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private EngineClient() {}

    /** Posts a JSON body, written with single quotes. */
    static HttpResponse<String> post(RouteReplica replica, String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(request(replica, path, body), HttpResponse.BodyHandlers.ofString());
    }

    /** Posts, and leaves the answer's bytes to its caller. */
    static HttpResponse<InputStream> open(RouteReplica replica, String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(request(replica, path, body), HttpResponse.BodyHandlers.ofInputStream());
    }

    static JsonNode postForJson(RouteReplica replica, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(replica, path, body);
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    static String get(RouteReplica replica, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(replica.getUrl() + path))
                .header("Authorization", "Bearer " + replica.getKey())
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpRequest request(RouteReplica replica, String path, String body) {
        return HttpRequest.newBuilder(URI.create(replica.getUrl() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + replica.getKey())
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
    }
}
