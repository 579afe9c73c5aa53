package ai.exaone.gateway.signin;

import io.micronaut.http.HttpRequest;
import java.net.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which headers pass between a browser and Keycloak: not those of one connection, and none by which a browser could pose as a proxy. */
final class ProxiedHeaders {
    private static final Set<String> OF_A_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    /** What we say ourselves, and what the HTTP client does. */
    private static final Set<String> SAID_BY_US = Set.of("host", "content-length", "expect", "forwarded", "cookie");

    private static final String FORWARDED = "x-forwarded-";
    private static final String OWN_COOKIE = "exaone_";

    private ProxiedHeaders() {}

    /** What Keycloak is told of a request. */
    static void toKeycloak(HttpRequest<?> request, PublicAddress address, BiConsumer<String, String> header) {
        Map<String, List<String>> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaders().forEach(entry -> sent.put(entry.getKey(), entry.getValue()));
        pass(sent, SAID_BY_US, header);
        String cookies = foreignCookies(sent.getOrDefault("cookie", List.of()));
        if (!cookies.isEmpty()) {
            header.accept("cookie", cookies);
        }
        header.accept(FORWARDED + "for", request.getRemoteAddress().getAddress().getHostAddress());
        header.accept(FORWARDED + "proto", address.isSecure() ? "https" : "http");
        header.accept(FORWARDED + "host", address.authority());
    }

    /** What a browser is told of Keycloak's answer. */
    static void toBrowser(HttpHeaders answered, BiConsumer<String, String> header) {
        pass(answered.map(), Set.of(":status"), header);
    }

    private static void pass(Map<String, List<String>> headers, Set<String> withheld, BiConsumer<String, String> to) {
        Set<String> named = headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase("connection"))
                .flatMap(entry -> entry.getValue().stream())
                .flatMap(value -> Stream.of(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean passes = !OF_A_CONNECTION.contains(lower)
                    && !withheld.contains(lower)
                    && !named.contains(lower)
                    && !lower.startsWith(FORWARDED);
            if (passes) {
                values.forEach(value -> to.accept(lower, value));
            }
        });
    }

    /** Keycloak's cookies: ours are none of its business. */
    private static String foreignCookies(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(cookie -> !cookie.isEmpty() && !cookie.startsWith(OWN_COOKIE))
                .collect(Collectors.joining("; "));
    }
}
