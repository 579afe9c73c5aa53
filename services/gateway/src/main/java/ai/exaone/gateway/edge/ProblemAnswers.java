package ai.exaone.gateway.edge;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;

/** Problems as HTTP answers. */
public final class ProblemAnswers {
    /** The metadata of METHOD_NOT_ALLOWED that names the methods which are. */
    public static final String ALLOWED_METHODS = "allowedMethods";

    private static final int UNAUTHORIZED = 401;

    private ProblemAnswers() {}

    /** The answer that a problem is. */
    public static MutableHttpResponse<byte[]> of(Problem problem) {
        return of(problem, HttpResponse.status(problem.status(), problem.reason()));
    }

    /** An answer that the server has begun, with a problem in it. */
    static MutableHttpResponse<byte[]> of(Problem problem, MutableHttpResponse<?> begun) {
        MutableHttpResponse<byte[]> answer = begun.status(problem.status(), problem.reason())
                .body(problem.json())
                .contentType(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        problem.retryAfterSeconds()
                .ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
        String allowed = problem.metadata().get(ALLOWED_METHODS);
        if (allowed != null) {
            answer.header(HttpHeaders.ALLOW, allowed);
        }
        if (problem.status() == UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"exaone\"");
        }
        return answer;
    }
}
