package ai.exaone.gateway.pages;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.edge.Edge;
import ai.exaone.gateway.edge.EdgeError;
import ai.exaone.gateway.edge.PlainPage;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Optional;

/** The console's files, and the way to them. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class PagesDoor {
    private static final String CONSOLE = "/console/";

    private final Edge edge;
    private final Optional<ConsoleFiles> files;
    private final PageAnswers answers;

    /**
     * @param files empty where no console is installed
     */
    public PagesDoor(Edge edge, Optional<ConsoleFiles> files, PageAnswers answers) {
        this.edge = edge;
        this.files = files;
        this.answers = answers;
    }

    @Get("/")
    HttpResponse<?> root(HttpRequest<?> request) {
        return edge.serve(request, requestId -> HttpResponse.seeOther(URI.create(CONSOLE)));
    }

    /** Without the slash at its end, what the page names would be looked for one level too high. */
    @Get("/console")
    HttpResponse<?> console(HttpRequest<?> request) {
        return request.getUri().getRawPath().equals(CONSOLE)
                ? file(request)
                : edge.serve(request, requestId -> HttpResponse.permanentRedirect(URI.create(CONSOLE)));
    }

    @Get("/console/{+path}")
    HttpResponse<?> file(HttpRequest<?> request) {
        return edge.serve(request, requestId -> {
            if (files.isEmpty()) {
                return notInstalled().answer();
            }
            String path = request.getUri().getRawPath().substring(CONSOLE.length());
            PageFile file = files.get()
                    .find(path)
                    .orElseThrow(() ->
                            new PlatformException(EdgeError.PATH_NOT_FOUND, "There is no such file of the console."));
            return answers.of(file, request);
        });
    }

    private static PlainPage notInstalled() {
        return new PlainPage(
                404,
                new PlainPage.Words("콘솔이 설치되어 있지 않습니다", "이 설치에는 API만 있습니다.", "API 참조"),
                new PlainPage.Words("No console is installed", "This installation has the API only.", "API reference"),
                Optional.of("/api/reference"),
                Optional.empty());
    }
}
