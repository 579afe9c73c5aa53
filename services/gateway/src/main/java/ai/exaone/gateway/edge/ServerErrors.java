package ai.exaone.gateway.edge;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.ids.IdGenerator;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;

/**
 * The bodies of answers that the HTTP server makes itself, because no door took the request or one threw: OpenAI's shape on its
 * paths, RFC 9457 elsewhere. Nothing of an exception's text leaves, unless it is a {@link PlatformException}.
 */
public final class ServerErrors implements ErrorResponseProcessor<byte[]> {
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int FIRST_SERVER_ERROR = 500;

    private final IdGenerator ids;

    public ServerErrors(IdGenerator ids) {
        this.ids = ids;
    }

    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        PlatformException failure = context.getRootCause()
                .filter(PlatformException.class::isInstance)
                .map(PlatformException.class::cast)
                .orElseGet(() -> failure(response.code(), request));
        OpenAiError error = OpenAiError.of(failure);
        response.status(error.status());
        error.headers().forEach(response::header);
        String requestId = ids.next("req");
        response.header("x-request-id", requestId);
        boolean openAi = isOpenAi(request.getPath());
        return response.body(
                        openAi
                                ? error.body()
                                : Problem.of(failure, error.status(), requestId).json())
                .contentType(openAi ? "application/json" : Problem.MEDIA_TYPE);
    }

    /** Whether a path is one of OpenAI's, for outside callers or for people. */
    private static boolean isOpenAi(String path) {
        return path.equals("/v1") || path.startsWith("/v1/") || path.contains("/inference/v1/");
    }

    private static PlatformException failure(int status, HttpRequest<?> request) {
        String what = request.getMethodName() + " " + request.getPath();
        return switch (status) {
            case NOT_FOUND -> new PlatformException(OpenAiReason.PATH_NOT_FOUND, "Unknown request URL: " + what + ".");
            case METHOD_NOT_ALLOWED ->
                new PlatformException(OpenAiReason.METHOD_NOT_ALLOWED, "Not allowed: " + what + ".");
            case TOO_LARGE -> new PlatformException(OpenAiReason.REQUEST_TOO_LARGE, "The request is too long.");
            default -> status < FIRST_SERVER_ERROR ? invalid() : failed();
        };
    }

    private static PlatformException invalid() {
        return new PlatformException(PlatformError.INVALID_REQUEST, "The request is not valid HTTP for this path.");
    }

    private static PlatformException failed() {
        return new PlatformException(PlatformError.INTERNAL, "The platform failed to answer.");
    }
}
