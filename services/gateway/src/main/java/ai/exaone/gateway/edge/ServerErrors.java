package ai.exaone.gateway.edge;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;

/**
 * The bodies of answers that the HTTP server makes itself, because no door took the request or one threw: problems as everywhere
 * else. Nothing of an exception's text leaves, unless it is a {@link PlatformException}.
 */
public final class ServerErrors implements ErrorResponseProcessor<byte[]> {
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int FIRST_SERVER_ERROR = 500;

    private final IdGenerator ids;

    public ServerErrors(IdGenerator ids) {
        this.ids = ids;
    }

    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        PlatformException failure = context.getRootCause()
                .filter(PlatformException.class::isInstance)
                .map(PlatformException.class::cast)
                .orElseGet(() -> failure(response.code(), context.getRequest()));
        String requestId = ids.next("req");
        return ProblemAnswers.of(Problem.of(failure, requestId), response).header(Edge.REQUEST_ID, requestId);
    }

    private static PlatformException failure(int status, HttpRequest<?> request) {
        String what = request.getMethodName() + " " + request.getPath();
        return switch (status) {
            case NOT_FOUND ->
                new PlatformException(EdgeError.PATH_NOT_FOUND, "There is nothing at this path: " + what + ".");
            case METHOD_NOT_ALLOWED ->
                new PlatformException(EdgeError.METHOD_NOT_ALLOWED, "Not allowed: " + what + ".");
            case TOO_LARGE -> new PlatformException(EdgeError.BODY_TOO_LARGE, "The request is too long.");
            case UNSUPPORTED_MEDIA_TYPE ->
                new PlatformException(EdgeError.UNSUPPORTED_MEDIA_TYPE, "The body is of another media type.");
            default -> status < FIRST_SERVER_ERROR ? malformed() : failed();
        };
    }

    private static PlatformException malformed() {
        return new PlatformException(
                EdgeError.MALFORMED_REQUEST, "The request is not valid HTTP, or not valid for this path.");
    }

    private static PlatformException failed() {
        return new PlatformException(PlatformError.INTERNAL, "The platform failed to answer.");
    }
}
