package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.auth.Principals;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.util.concurrent.CompletionStage;

/** The door for outside callers: {@code /v1}, with an API key or a run's token. */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
public final class OpenAiDoor {
    private static final String BEARER = "Bearer ";

    private final HttpCalls calls;
    private final Principals principals;

    public OpenAiDoor(HttpCalls calls, Principals principals) {
        this.calls = calls;
        this.principals = principals;
    }

    @Get("/v1{/path:.*}")
    CompletionStage<HttpResponse<?>> get(HttpRequest<?> request) {
        return calls.serve(request, request.getUri().getPath(), this::authenticate);
    }

    @Post("/v1{/path:.*}")
    CompletionStage<HttpResponse<?>> post(HttpRequest<?> request) {
        return calls.serve(request, request.getUri().getPath(), this::authenticate);
    }

    private Caller authenticate(HttpRequest<?> request) {
        String authorization = request.getHeaders().get("authorization");
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new PlatformException(
                    AuthError.KEY_NOT_ACCEPTED,
                    "You didn't provide an API key. Send it in the header 'Authorization: Bearer KEY'.");
        }
        return principals.authenticate(authorization.substring(BEARER.length()).strip());
    }
}
