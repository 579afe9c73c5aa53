package ai.exaone.identity.keycloak;

import ai.exaone.errors.PlatformException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Speaks HTTP and JSON with Keycloak. Every exchange is bounded in time; what cannot be answered leaves as SIGN_IN_UNAVAILABLE.
 * Thread-safe.
 */
final class KeycloakHttp implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int SERVER_ERROR = 500;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    /**
     * An answer.
     *
     * @param body missing where there was none or it was no JSON
     * @param location of what was made; empty text where nothing was
     */
    record Answer(int status, JsonNode body, String location) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** Posts a form. */
    Answer postForm(URI address, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends a JSON body as the owner of an access token. */
    Answer sendJson(String method, URI address, String accessToken, Object body) {
        return send(HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes(body))));
    }

    /** Asks without a body as the owner of an access token. */
    Answer send(String method, URI address, String accessToken) {
        return send(HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + accessToken)
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    static PlatformException unavailable(Throwable cause) {
        return PlatformException.because(
                        KeycloakError.SIGN_IN_UNAVAILABLE, "The sign-in server cannot be reached just now.")
                .cause(cause)
                .build();
    }

    /** A failure that only a defect, or a realm that was changed by hand, explains. */
    static PlatformException unexpected(String what, Answer answer) {
        return PlatformException.internal(new IOException("Keycloak answered " + answer.status() + " to " + what + ": "
                + answer.body().path("error").asText()));
    }

    @Override
    public void close() {
        http.close();
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= SERVER_ERROR) {
                throw unavailable(new IOException("Keycloak answered " + response.statusCode()));
            }
            return new Answer(
                    response.statusCode(),
                    parse(response.body()),
                    response.headers().firstValue("Location").orElse(""));
        } catch (IOException failure) {
            throw unavailable(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw unavailable(stop);
        }
    }

    private JsonNode parse(byte[] body) throws IOException {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
