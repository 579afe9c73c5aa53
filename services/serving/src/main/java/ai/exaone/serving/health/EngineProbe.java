package ai.exaone.serving.health;

import ai.exaone.serving.engine.EngineProfile;
import ai.exaone.serving.launcher.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks engines how they are, as their profile says. Blocks its caller. Thread-safe. */
public final class EngineProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineProbe.class);
    private static final int OK = 200;
    private static final int LARGEST_METRICS_BYTES = 1024 * 1024;

    private final Duration timeout;
    private final HttpClient http;

    public EngineProbe(Duration timeout) {
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** How an engine is. */
    public Health health(Engine engine, EngineProfile profile) {
        try {
            HttpResponse<Void> answer =
                    http.send(request(engine, profile.healthPath()), HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() == OK
                    ? new Health.Healthy()
                    : new Health.Unhealthy("Its health check answers with status " + answer.statusCode() + ".");
        } catch (HttpTimeoutException silent) {
            return new Health.Silent("It has not answered its health check for " + timeout.toSeconds() + " s.");
        } catch (ConnectException refused) {
            return new Health.Unhealthy("It takes no connections.");
        } catch (IOException broken) {
            LOG.debug("The health check of {} broke off", engine.url(), broken);
            return new Health.Unhealthy("Its health check broke off.");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Health.Silent("It was not asked.");
        }
    }

    /** Whether an engine works on a request just now. One that cannot be asked, or whose profile knows no way, does not. */
    public boolean busy(Engine engine, EngineProfile profile) {
        if (profile.busySeries().isEmpty()) {
            return false;
        }
        try {
            HttpResponse<InputStream> answer =
                    http.send(request(engine, "/metrics"), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                String text = new String(body.readNBytes(LARGEST_METRICS_BYTES), StandardCharsets.UTF_8);
                return answer.statusCode() == OK && text.lines().anyMatch(line -> aboveZero(line, profile));
            }
        } catch (IOException broken) {
            LOG.debug("The metrics of {} cannot be read", engine.url(), broken);
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest request(Engine engine, String path) {
        var request = HttpRequest.newBuilder(URI.create(engine.url() + path))
                .timeout(timeout)
                .GET();
        engine.key().ifPresent(key -> request.header("Authorization", "Bearer " + key.value()));
        return request.build();
    }

    /** Reads one line of Prometheus' text format: a name, labels perhaps, and a value. */
    private static boolean aboveZero(String line, EngineProfile profile) {
        boolean named = profile.busySeries().stream()
                .anyMatch(series -> line.startsWith(series + " ") || line.startsWith(series + "{"));
        if (!named) {
            return false;
        }
        try {
            return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) > 0;
        } catch (NumberFormatException malformed) {
            return false;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
