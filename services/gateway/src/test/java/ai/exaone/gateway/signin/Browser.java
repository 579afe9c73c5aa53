package ai.exaone.gateway.signin;

import java.net.HttpCookie;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A browser's cookies, without the browser. On this machine it takes and sends secure cookies without TLS, as browsers do for
 * loopback addresses and Java's own cookie handler does not. Follows no redirects.
 */
final class Browser {
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final List<HttpCookie> cookies = new ArrayList<>();

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        String path = request.build().uri().getPath();
        String sent = cookies.stream()
                .filter(cookie -> path.startsWith(cookie.getPath()))
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answer.headers().allValues("set-cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String header) {
        // HttpCookie reads the first pair and the attributes it knows, and leaves the others out.
        for (HttpCookie cookie : HttpCookie.parse("Set-Cookie: " + header)) {
            cookies.removeIf(known ->
                    known.getName().equals(cookie.getName()) && known.getPath().equals(cookie.getPath()));
            if (cookie.getMaxAge() != 0) {
                cookies.add(cookie);
            }
        }
    }
}
