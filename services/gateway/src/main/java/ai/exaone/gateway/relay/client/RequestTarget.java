package ai.exaone.gateway.relay.client;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.Map;

/** Reads the target of a request line. */
public final class RequestTarget {
    private RequestTarget() {}

    /** Its path as it was sent, also where the target names scheme and host. */
    public static String rawPath(String target) {
        int start = 0;
        if (!target.startsWith("/")) {
            int authority = target.indexOf("://");
            start = authority < 0 ? -1 : target.indexOf('/', authority + 3);
            if (start < 0) {
                return "";
            }
        }
        int query = target.indexOf('?', start);
        return target.substring(start, query < 0 ? target.length() : query);
    }

    /**
     * A path decoded.
     *
     * @throws IllegalArgumentException when it is encoded wrongly
     */
    static String decode(String rawPath) {
        return rawPath.indexOf('%') < 0 ? rawPath : new QueryStringDecoder(rawPath).path();
    }

    /** The first value of each parameter of its query. */
    static Map<String, String> query(String target) {
        Map<String, String> query = new HashMap<>();
        new QueryStringDecoder(target).parameters().forEach((name, values) -> query.put(name, values.getFirst()));
        return query;
    }
}
