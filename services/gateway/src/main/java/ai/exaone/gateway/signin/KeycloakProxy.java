package ai.exaone.gateway.signin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Speaks to the sign-in server on loopback; answers are passed on as they arrive. Thread-safe. */
public final class KeycloakProxy implements AutoCloseable {
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    /** Hashing a password on a busy machine takes its time. */
    private static final Duration ANSWERING = Duration.ofSeconds(60);

    private final URI internalUrl;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTING)
            .build();

    /**
     * @param internalUrl its base, {@code http://127.0.0.1:PORT/auth}
     */
    public KeycloakProxy(URI internalUrl) {
        this.internalUrl = internalUrl;
    }

    /**
     * Asks Keycloak.
     *
     * @param rawQuery as on the wire; empty for none
     * @param headers adds the request's headers
     * @throws IOException when it cannot be reached, or is interrupted
     */
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> ask(
            String method, ProxiedPath path, String rawQuery, byte[] body, Consumer<HttpRequest.Builder> headers)
            throws IOException {
        URI target = URI.create(internalUrl + path.belowAuth() + (rawQuery.isEmpty() ? "" : "?" + rawQuery));
        HttpRequest.BodyPublisher content =
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(ANSWERING).method(method, content);
        headers.accept(request);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofPublisher());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
