package ai.exaone.gateway.edge;

import ai.exaone.store.crypto.Sha256;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * A page of a few sentences, in Korean and English, for the moments in which the console cannot speak: without scripts, images or
 * anything else to load.
 *
 * @param status of the HTTP answer
 * @param korean what happened and what to do
 * @param english the same
 * @param action a link to go on with; empty when waiting is all there is to do
 * @param reload after how long the page asks again
 */
public record PlainPage(int status, Words korean, Words english, Optional<String> action, Optional<Duration> reload) {
    private static final String STYLE = """
            body{font:16px/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem;color:#1c1c22;background:#fff}\
            h1{font-size:1.25rem;margin:0 0 .25rem}p{margin:0 0 1.75rem;color:#55555f}a{color:#7a0f3a}\
            @media(prefers-color-scheme:dark){body{color:#ececf1;background:#17171b}p{color:#a5a5b0}a{color:#f08bb0}}""";

    /**
     * One language's words.
     *
     * @param action the link's text
     */
    public record Words(String title, String sentence, String action) {}

    /** The page as an answer. */
    public MutableHttpResponse<byte[]> answer() {
        MutableHttpResponse<byte[]> answer = HttpResponse.<byte[]>status(HttpStatus.valueOf(status))
                .body(html().getBytes(StandardCharsets.UTF_8))
                .contentType("text/html; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src '"
                                + hash(STYLE) + "'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
        reload.ifPresent(delay -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(delay.toSeconds())));
        return answer;
    }

    private String html() {
        String refresh = reload.map(delay -> "<meta http-equiv=\"refresh\" content=\"" + delay.toSeconds() + "\">")
                .orElse("");
        return """
                <!doctype html><html lang="ko"><head><meta charset="utf-8">%s\
                <meta name="viewport" content="width=device-width,initial-scale=1"><title>%s</title><style>%s</style></head>\
                <body>%s<div lang="en">%s</div></body></html>
                """.formatted(refresh, escaped(korean.title()), STYLE, paragraph(korean), paragraph(english));
    }

    private String paragraph(Words words) {
        String link = action.map(address -> " <a href=\"" + escaped(address) + "\">" + escaped(words.action()) + "</a>")
                .orElse("");
        return "<h1>" + escaped(words.title()) + "</h1><p>" + escaped(words.sentence()) + link + "</p>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String hash(String style) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.digest(style));
    }
}
