package ai.exaone.gateway.management;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.edge.BoundedBody;
import ai.exaone.gateway.edge.EdgeError;
import ai.exaone.gateway.management.transcode.HttpInput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a management request says, within bounds. */
final class HttpInputs {
    /** No management request is nearly as large. */
    static final int LARGEST_BODY = 1 << 20;

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private HttpInputs() {}

    /**
     * Reads a request.
     *
     * @throws PlatformException when its body is too large or of another media type
     */
    static HttpInput read(ServerHttpRequest<?> request) {
        byte[] body = BoundedBody.read(request, LARGEST_BODY);
        if (body.length > 0 && !isJson(request)) {
            throw new PlatformException(
                    EdgeError.UNSUPPORTED_MEDIA_TYPE, "The body must be of media type application/json.");
        }
        Map<String, List<String>> query = new LinkedHashMap<>();
        request.getParameters().forEach(query::put);
        return new HttpInput(
                query,
                body,
                request.getHeaders().findFirst(IDEMPOTENCY_KEY),
                request.getHeaders().findFirst(LAST_EVENT_ID));
    }

    private static boolean isJson(ServerHttpRequest<?> request) {
        return request.getHeaders()
                .findFirst(HttpHeaders.CONTENT_TYPE)
                .map(type -> type.split(";", 2)[0].strip())
                .filter(MediaType.APPLICATION_JSON::equalsIgnoreCase)
                .isPresent();
    }
}
