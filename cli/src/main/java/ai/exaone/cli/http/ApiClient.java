package ai.exaone.cli.http;

import ai.exaone.cli.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The management API of one installation, as one caller. */
public final class ApiClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String baseUrl;
    private final Supplier<String> credential;
    private final String hint;

    /**
     * @param baseUrl without a slash at the end
     * @param credential gives an access token or an API key
     * @param hint what is said where the credential is refused or may too little; empty for nothing
     */
    public ApiClient(String baseUrl, Supplier<String> credential, String hint) {
        this.baseUrl = baseUrl;
        this.credential = credential;
        this.hint = hint;
    }

    /** The installation's URL. */
    public String baseUrl() {
        return baseUrl;
    }

    /**
     * Makes a call.
     *
     * @param path below the base URL, encoded
     * @param query parameters, not yet encoded; empty values are left out
     * @param body JSON; empty for none
     * @return the answer's JSON
     * @throws CliException in the platform's own words when it refuses
     */
    public String call(String verb, String path, Map<String, List<String>> query, Optional<String> body) {
        HttpRequest.Builder request = request(path, query).timeout(ANSWER);
        request.method(
                verb, body.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        body.ifPresent(json -> request.header("Content-Type", "application/json"));
        HttpResponse<String> response =
                send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() >= 300) {
            throw refusal(response.statusCode(), response.body());
        }
        return response.body();
    }

    /**
     * Opens a stream of events.
     *
     * @param lastEventId resumes after that event; empty for the beginning
     */
    public EventStream events(String path, Map<String, List<String>> query, Optional<String> lastEventId) {
        HttpRequest.Builder request =
                request(path, query).header("Accept", "text/event-stream").GET();
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        HttpResponse<InputStream> response = send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() >= 300) {
            try (InputStream body = response.body()) {
                throw refusal(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException broken) {
                throw unreachable(broken);
            }
        }
        return new EventStream(response.body());
    }

    /** One segment of a path, encoded. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path, Map<String, List<String>> query) {
        String parameters = query.entrySet().stream().flatMap(ApiClient::pairs).collect(Collectors.joining("&"));
        String uri = baseUrl + path + (parameters.isEmpty() ? "" : "?" + parameters);
        return HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + credential.get());
    }

    private static Stream<String> pairs(Map.Entry<String, List<String>> parameter) {
        return parameter.getValue().stream()
                .filter(value -> !value.isEmpty())
                .map(value -> segment(parameter.getKey()) + "=" + segment(value));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException failure) {
            throw unreachable(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CliException("Stopped.", stop);
        }
    }

    private CliException refusal(int status, String body) {
        String lines = Problem.lines(status, body);
        boolean aboutWho = status == UNAUTHORIZED || status == FORBIDDEN;
        return new CliException(aboutWho && !hint.isEmpty() ? lines + "\n" + hint : lines);
    }

    private CliException unreachable(IOException failure) {
        return Unreachable.at(baseUrl, failure);
    }
}
