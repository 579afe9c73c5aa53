package ai.exaone.gateway.pages;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;
import java.util.stream.Stream;

/** Files as answers: with what a browser may keep, and what their pages may do. */
public final class PageAnswers {
    /** Nothing is loaded from elsewhere and no script stands in a page; the components' styles are set by script, hence inline. */
    private static final String POLICY = """
            default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
            connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'""";

    private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    private final boolean secure;

    /**
     * @param secure whether browsers reach us by TLS
     */
    public PageAnswers(boolean secure) {
        this.secure = secure;
    }

    /** The file, or the word that the browser has it already. */
    MutableHttpResponse<?> of(PageFile file, HttpRequest<?> request) {
        MutableHttpResponse<byte[]> answer = has(request, file)
                ? HttpResponse.notModified()
                : HttpResponse.ok(file.content()).contentType(file.mediaType());
        answer.header(HttpHeaders.ETAG, file.entityTag())
                .header(HttpHeaders.CACHE_CONTROL, file.lasting() ? FOR_A_YEAR : ASK_AGAIN)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        if (secure) {
            answer.header("Strict-Transport-Security", "max-age=31536000");
        }
        return answer;
    }

    private static boolean has(HttpRequest<?> request, PageFile file) {
        List<String> known = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
        return known.stream()
                .flatMap(tags -> Stream.of(tags.split(",")))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(file.entityTag()::equals);
    }
}
