package ai.exaone.agents.tool.outbound;

import ai.exaone.errors.PlatformException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which redirects are followed, and what is sent then: GET and HEAD anywhere a first call could go, any other method only where the
 * answer says to fetch the result (303) or to repeat it at the same origin (307, 308). Never from https to http. Another origin
 * gets none of the headers, for they may hold secrets.
 */
final class Redirects {
    static final int MOST = 3;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> REPEATING = Set.of(307, 308);
    private static final int SEE_OTHER = 303;
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");
    private static final Set<String> BODY_HEADERS = Set.of("content-type", "content-encoding", "content-language");

    private Redirects() {}

    static boolean isRedirect(int status, Optional<String> location) {
        return STATUSES.contains(status) && location.isPresent();
    }

    /**
     * The request that follows a redirect.
     *
     * @throws PlatformException OUTBOUND_REDIRECT_REFUSED if it is not followed
     */
    static OutboundRequest follow(OutboundRequest request, int status, String location) {
        URI target = target(request.uri(), location);
        boolean sameOrigin = origin(target).equals(origin(request.uri()));
        if (request.uri().getScheme().equalsIgnoreCase("https")
                && !target.getScheme().equalsIgnoreCase("https")) {
            throw refused("The host redirects from https to http.");
        }
        boolean safe = SAFE_METHODS.contains(request.method());
        if (safe || (REPEATING.contains(status) && sameOrigin)) {
            return new OutboundRequest(
                    request.method(),
                    target,
                    sameOrigin ? request.headers() : Map.of(),
                    request.body(),
                    request.timeout());
        }
        if (status != SEE_OTHER) {
            throw refused("The host redirects a " + request.method() + " with status " + status + ".");
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(sameOrigin ? request.headers() : Map.of());
        BODY_HEADERS.forEach(headers::remove);
        return new OutboundRequest("GET", target, headers, Optional.empty(), request.timeout());
    }

    private static URI target(URI from, String location) {
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException malformed) {
            throw refused("The host redirects to something that is no URL.");
        }
        try {
            OutboundClient.requireCallable(target);
        } catch (PlatformException notCallable) {
            throw refused("The host redirects to a URL that cannot be called.");
        }
        return target;
    }

    private static String origin(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : (uri.getScheme().equalsIgnoreCase("https") ? 443 : 80);
        return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }

    private static PlatformException refused(String sentence) {
        return new PlatformException(OutboundError.OUTBOUND_REDIRECT_REFUSED, sentence);
    }
}
