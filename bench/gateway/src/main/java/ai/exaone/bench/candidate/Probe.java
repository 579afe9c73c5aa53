package ai.exaone.bench.candidate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Asks a target until it answers for every model. */
final class Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int OK = 200;

    private Probe() {}

    /**
     * Returns when it does.
     *
     * @param alive whether it can still be hoped for
     * @param log where it says what is wrong
     */
    static void await(Endpoint endpoint, List<String> models, BooleanSupplier alive, Path log)
            throws UnavailableException, InterruptedException {
        try {
            await(endpoint, models, alive);
        } catch (UnavailableException failure) {
            throw new UnavailableException(failure.getMessage() + "; its log is " + log, failure);
        }
    }

    /** The same for one whose log is not known. */
    static void await(Endpoint endpoint, List<String> models, BooleanSupplier alive)
            throws UnavailableException, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            for (String model : models) {
                awaitModel(http, endpoint, model, alive);
            }
        }
    }

    private static void awaitModel(HttpClient http, Endpoint endpoint, String model, BooleanSupplier alive)
            throws UnavailableException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String seen;
        do {
            seen = ask(http, endpoint, model);
            if (seen.isEmpty()) {
                return;
            }
            Thread.sleep(PAUSE);
        } while (alive.getAsBoolean() && System.nanoTime() < deadline);
        throw new UnavailableException("it does not answer for " + model + ": " + seen);
    }

    /** Empty if it answers as it should, else what it does. */
    private static String ask(HttpClient http, Endpoint endpoint, String model) throws InterruptedException {
        boolean embedding = model.contains("embed");
        String body = "{\"model\":\"" + model + "\","
                + (embedding
                        ? "\"input\":\"a\"}"
                        : "\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(endpoint.base() + (embedding ? "/embeddings" : "/chat/completions")))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + endpoint.key())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? "" : answer.statusCode() + " " + answer.body();
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }
}
