package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.auth.Credentials;
import ai.exaone.gateway.auth.Projects;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.util.concurrent.CompletionStage;

/** The door for people: the same paths below a tenant's project, with a session or a bearer token. */
@Controller("/api/v1/tenants/{tenantId}/projects/{projectId}/inference/v1")
@Requires(beans = Credentials.class)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
public final class ConsoleDoor {
    private static final String CHAT = "chat.use";
    private static final String ROOT = "/inference";

    private final HttpCalls calls;
    private final Credentials credentials;
    private final Projects projects;

    public ConsoleDoor(HttpCalls calls, Credentials credentials, Projects projects) {
        this.calls = calls;
        this.credentials = credentials;
        this.projects = projects;
    }

    @Get("{/path:.*}")
    CompletionStage<HttpResponse<?>> get(
            HttpRequest<?> request, @PathVariable String tenantId, @PathVariable String projectId) {
        return calls.serve(request, path(request), sent -> authenticate(sent, tenantId, projectId));
    }

    @Post("{/path:.*}")
    CompletionStage<HttpResponse<?>> post(
            HttpRequest<?> request, @PathVariable String tenantId, @PathVariable String projectId) {
        return calls.serve(request, path(request), sent -> authenticate(sent, tenantId, projectId));
    }

    private Caller authenticate(HttpRequest<?> request, String tenantId, String projectId) {
        Credentials.Exchanged exchanged = credentials.exchange(request, tenantId);
        if (!exchanged.principal().tenantId().filter(tenantId::equals).isPresent()) {
            throw Projects.notFound();
        }
        if (!exchanged.principal().may(CHAT)) {
            throw new PlatformException(AuthError.INFERENCE_NOT_PERMITTED, "Your role may not chat in this tenant.");
        }
        projects.require(exchanged, tenantId, projectId);
        return new Caller(exchanged.principal(), projectId, exchanged::token);
    }

    private static String path(HttpRequest<?> request) {
        String path = request.getUri().getPath();
        return path.substring(path.indexOf(ROOT) + ROOT.length());
    }
}
