package ai.exaone.gateway.health;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Principals;
import ai.exaone.gateway.edge.Edge;
import ai.exaone.rpc.RpcError;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;

/** {@code /metrics} in Prometheus' text format: for callers on this machine, and for keys with the scope {@code metrics}. */
@Controller
public final class MetricsDoor {
    private static final String READ = "platform.metrics.read";
    private static final String BEARER = "Bearer ";

    private final Edge edge;
    private final PrometheusMeterRegistry registry;
    private final Principals principals;

    public MetricsDoor(Edge edge, PrometheusMeterRegistry registry, Principals principals) {
        this.edge = edge;
        this.registry = registry;
        this.principals = principals;
    }

    @Get("/metrics")
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> metrics(HttpRequest<?> request) {
        return edge.serve(request, requestId -> {
            if (!isLocal(request)) {
                requireKey(request);
            }
            return HttpResponse.ok(registry.scrape().getBytes(StandardCharsets.UTF_8));
        });
    }

    /** What a proxy on this machine forwards for others is not local. */
    private static boolean isLocal(HttpRequest<?> request) {
        boolean forwarded = request.getHeaders().contains("x-forwarded-for")
                || request.getHeaders().contains("forwarded");
        return !forwarded && request.getRemoteAddress().getAddress().isLoopbackAddress();
    }

    private void requireKey(HttpRequest<?> request) {
        String authorization = request.getHeaders().get("authorization");
        if (authorization == null || !authorization.startsWith(BEARER)) {
            throw new PlatformException(RpcError.UNAUTHENTICATED, "Metrics need a key with the scope 'metrics'.");
        }
        if (!principals
                .key(authorization.substring(BEARER.length()).strip())
                .principal()
                .may(READ)) {
            throw new PlatformException(RpcError.PERMISSION_DENIED, "Metrics need a key with the scope 'metrics'.");
        }
    }
}
