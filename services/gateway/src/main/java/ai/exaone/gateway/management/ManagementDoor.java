package ai.exaone.gateway.management;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.Credentials;
import ai.exaone.gateway.auth.Projects;
import ai.exaone.gateway.edge.Edge;
import ai.exaone.gateway.edge.EdgeError;
import ai.exaone.gateway.edge.Problem;
import ai.exaone.gateway.edge.ProblemAnswers;
import ai.exaone.gateway.edge.ServerRequestHead;
import ai.exaone.gateway.edge.StreamedBody;
import ai.exaone.gateway.management.transcode.ApiRoutes;
import ai.exaone.gateway.management.transcode.BodyPaths;
import ai.exaone.gateway.management.transcode.EventStream;
import ai.exaone.gateway.management.transcode.RequestBinder;
import ai.exaone.gateway.management.transcode.Transcoder;
import ai.exaone.rpc.contract.PublicMethod;
import ai.exaone.rpc.contract.Verb;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;

/** The management API's one door: every RPC that has a route comes in here, and everything else below {@code /api} is refused here. */
@Controller("/api/{+path}")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ManagementDoor {
    private static final String TENANT_FIELD = "tenant_id";
    private static final String PROJECT_FIELD = "project_id";
    private static final String NO_TENANT = "";

    private final ApiRoutes routes;
    private final Credentials credentials;
    private final Projects projects;
    private final RequestBinder binder;
    private final Transcoder transcoder;
    private final Edge edge;

    ManagementDoor(
            ApiRoutes routes,
            Credentials credentials,
            Projects projects,
            RequestBinder binder,
            Transcoder transcoder,
            Edge edge) {
        this.routes = routes;
        this.credentials = credentials;
        this.projects = projects;
        this.binder = binder;
        this.transcoder = transcoder;
        this.edge = edge;
    }

    @Get
    HttpResponse<?> get(HttpRequest<?> request) {
        return serve(request);
    }

    @Post
    HttpResponse<?> post(HttpRequest<?> request) {
        return serve(request);
    }

    @Put
    HttpResponse<?> put(HttpRequest<?> request) {
        return serve(request);
    }

    @Patch
    HttpResponse<?> patch(HttpRequest<?> request) {
        return serve(request);
    }

    @Delete
    HttpResponse<?> delete(HttpRequest<?> request) {
        return serve(request);
    }

    private HttpResponse<?> serve(HttpRequest<?> request) {
        return edge.serve(request, requestId -> answer((ServerHttpRequest<?>) request, requestId));
    }

    /** A project belongs to identity: the services that keep things in it would take any id for one. */
    private String authenticate(HttpRequest<?> request, Map<String, String> path) {
        String tenantId = path.getOrDefault(TENANT_FIELD, NO_TENANT);
        Credentials.Exchanged caller = credentials.exchange(new ServerRequestHead(request), tenantId);
        if (path.containsKey(PROJECT_FIELD)) {
            projects.require(caller, tenantId, path.get(PROJECT_FIELD));
        }
        return caller.token();
    }

    private HttpResponse<?> answer(ServerHttpRequest<?> request, String requestId) {
        return switch (routes.resolve(verb(request), request.getUri().getRawPath())) {
            case ApiRoutes.Resolution.Nothing() ->
                throw new PlatformException(EdgeError.PATH_NOT_FOUND, "There is nothing at this path.");
            case ApiRoutes.Resolution.OtherVerbs(Set<Verb> allowed) -> throw notAllowed(allowed);
            case ApiRoutes.Resolution.Found(PublicMethod method, Map<String, String> path) -> {
                String token = authenticate(request, path);
                DynamicMessage message = binder.bind(method, path, HttpInputs.read(request));
                yield method.descriptor().isServerStreaming()
                        ? stream(
                                request,
                                transcoder.open(method, message, token, failure -> Problem.of(failure, requestId)))
                        : answer(call(method, message, token));
            }
        };
    }

    private static HttpResponse<?> answer(Transcoder.Answer answer) {
        var response = HttpResponse.ok(answer.body())
                .contentType(MediaType.of(answer.contentType()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        // A file is for saving: a browser is not to show it as a page of ours.
        return answer.file()
                ? response.header("content-disposition", "attachment").header("x-content-type-options", "nosniff")
                : response;
    }

    private Transcoder.Answer call(PublicMethod method, DynamicMessage message, String token) {
        try {
            return transcoder.call(method, message, token);
        } catch (PlatformException refused) {
            throw switch (method.body()) {
                case PublicMethod.Body.Field(FieldDescriptor field) -> BodyPaths.below(field.getName(), refused);
                case PublicMethod.Body.None(), PublicMethod.Body.Whole() -> refused;
            };
        }
    }

    private static HttpResponse<?> stream(HttpRequest<?> request, EventStream stream) {
        return HttpResponse.<Publisher<byte[]>>ok(StreamedBody.of(request, stream.events()))
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                // Neither compression nor a proxy in front of us is to hold events back.
                .header(HttpHeaders.CONTENT_ENCODING, "identity")
                .header("x-accel-buffering", "no");
    }

    /** A look at the headers of an answer is a look at the answer. */
    private static String verb(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.HEAD ? Verb.GET.name() : request.getMethodName();
    }

    private static PlatformException notAllowed(Set<Verb> allowed) {
        String names = allowed.stream().map(Verb::name).collect(Collectors.joining(", "));
        return PlatformException.because(EdgeError.METHOD_NOT_ALLOWED, "This path is there for " + names + " only.")
                .metadata(ProblemAnswers.ALLOWED_METHODS, names)
                .build();
    }
}
