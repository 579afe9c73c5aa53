package ai.exaone.gateway.edge;

import ai.exaone.gateway.auth.RequestHead;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** The head of a request that the HTTP server's own handler took. */
public record ServerRequestHead(HttpRequest<?> request) implements RequestHead {
    @Override
    public String method() {
        return request.getMethodName();
    }

    @Override
    public Optional<String> header(String name) {
        return request.getHeaders().findFirst(name);
    }
}
