package ai.exaone.gateway.signin;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.edge.BoundedBody;
import ai.exaone.gateway.edge.Edge;
import ai.exaone.gateway.edge.EdgeError;
import ai.exaone.gateway.edge.StreamedBody;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Options;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.reactivestreams.FlowAdapters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** The one part of Keycloak that is open to the network: its realm's pages and endpoints, and their files. */
@Controller("/auth/{+path}")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class KeycloakDoor {
    private static final Logger LOG = LoggerFactory.getLogger(KeycloakDoor.class);
    private static final int LARGEST_BODY = 1 << 20;
    private static final Duration ARRIVING = Duration.ofSeconds(30);
    private static final int UNAVAILABLE = 503;
    private static final int FEWEST_EXPECTED = 1;

    private final Edge edge;
    private final KeycloakProxy keycloak;
    private final PublicAddress address;

    public KeycloakDoor(Edge edge, KeycloakProxy keycloak, PublicAddress address) {
        this.edge = edge;
        this.keycloak = keycloak;
        this.address = address;
    }

    @Get
    HttpResponse<?> get(HttpRequest<?> request) {
        return pass(request);
    }

    @Post
    HttpResponse<?> post(HttpRequest<?> request) {
        return pass(request);
    }

    @Put
    HttpResponse<?> put(HttpRequest<?> request) {
        return pass(request);
    }

    @Delete
    HttpResponse<?> delete(HttpRequest<?> request) {
        return pass(request);
    }

    @Options
    HttpResponse<?> options(HttpRequest<?> request) {
        return pass(request);
    }

    private HttpResponse<?> pass(HttpRequest<?> request) {
        return edge.serve(request, requestId -> {
            Optional<ProxiedPath> path = ProxiedPath.of(request.getUri().getRawPath());
            if (path.isEmpty()) {
                throw new PlatformException(EdgeError.PATH_NOT_FOUND, "There is nothing at this path.");
            }
            byte[] body = BoundedBody.read((ServerHttpRequest<?>) request, LARGEST_BODY);
            String query = Optional.ofNullable(request.getUri().getRawQuery()).orElse("");
            try {
                var answer = keycloak.ask(
                        request.getMethodName(),
                        path.get(),
                        query,
                        body,
                        sent -> ProxiedHeaders.toKeycloak(request, address, sent::header));
                return answer.statusCode() == UNAVAILABLE ? starting(request, answer) : passOn(request, answer);
            } catch (IOException unreachable) {
                LOG.debug("Keycloak does not answer (request {})", requestId, unreachable);
                return unavailable(request);
            }
        });
    }

    private static MutableHttpResponse<?> passOn(
            HttpRequest<?> request, java.net.http.HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer) {
        Flux<byte[]> body = Flux.from(FlowAdapters.toPublisher(answer.body()))
                .concatMapIterable(buffers -> buffers, FEWEST_EXPECTED)
                .map(KeycloakDoor::bytes);
        MutableHttpResponse<Object> passed = HttpResponse.status(HttpStatus.valueOf(answer.statusCode()));
        ProxiedHeaders.toBrowser(
                answer.headers(), (name, value) -> passed.getHeaders().add(name, value));
        boolean empty = request.getMethod() == HttpMethod.HEAD
                || answer.headers().firstValueAsLong("content-length").orElse(-1) == 0
                || answer.statusCode() == HttpStatus.NO_CONTENT.getCode()
                || answer.statusCode() == HttpStatus.NOT_MODIFIED.getCode();
        if (empty) {
            body.subscribe();
            return passed;
        }
        // The server makes a list of the pieces of a stream of JSON. Keycloak's are short: they pass whole.
        return isJson(answer.headers()) ? passed.body(whole(body)) : passed.body(StreamedBody.of(request, body));
    }

    private static boolean isJson(java.net.http.HttpHeaders headers) {
        return headers.firstValue("content-type")
                .filter(type -> type.contains("json"))
                .isPresent();
    }

    private static byte[] whole(Flux<byte[]> body) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        body.doOnNext(whole::writeBytes).blockLast(ARRIVING);
        return whole.toByteArray();
    }

    /** It is up and says itself that it cannot answer yet: while it makes its realm, for one. */
    private static MutableHttpResponse<?> starting(
            HttpRequest<?> request, java.net.http.HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer) {
        Flux.from(FlowAdapters.toPublisher(answer.body())).subscribe();
        return unavailable(request);
    }

    private static MutableHttpResponse<?> unavailable(HttpRequest<?> request) {
        boolean person = request.getHeaders()
                .findFirst(HttpHeaders.ACCEPT)
                .filter(accepted -> accepted.contains(MediaType.TEXT_HTML))
                .isPresent();
        if (!person) {
            throw PlatformException.because(SignInError.SIGN_IN_STARTING, "The sign-in server is not up yet.")
                    .retryAfter(SignInPages.RELOAD)
                    .build();
        }
        return SignInPages.starting().answer();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
