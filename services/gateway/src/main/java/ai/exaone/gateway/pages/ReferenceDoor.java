package ai.exaone.gateway.pages;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.edge.Edge;
import ai.exaone.gateway.edge.EdgeError;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** The management API's document, and a page that shows it without the internet. */
@Controller("/api")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class ReferenceDoor {
    private final Edge edge;
    private final ReferenceFiles files;
    private final PageAnswers answers;

    public ReferenceDoor(Edge edge, ReferenceFiles files, PageAnswers answers) {
        this.edge = edge;
        this.files = files;
        this.answers = answers;
    }

    @Get("/openapi.json")
    HttpResponse<?> document(HttpRequest<?> request) {
        return edge.serve(request, requestId -> answers.of(files.document(), request));
    }

    @Get("/reference")
    HttpResponse<?> page(HttpRequest<?> request) {
        return file(request, ReferenceFiles.PAGE);
    }

    @Get("/reference/{name}")
    HttpResponse<?> file(HttpRequest<?> request, @PathVariable String name) {
        return edge.serve(
                request,
                requestId -> answers.of(
                        files.find(name)
                                .orElseThrow(() -> new PlatformException(
                                        EdgeError.PATH_NOT_FOUND, "There is no such file of the reference.")),
                        request));
    }
}
