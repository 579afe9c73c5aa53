package ai.exaone.gateway.relay.engine;

import ai.exaone.gateway.routing.Replica;
import java.net.URI;
import java.util.Locale;

/**
 * Where an engine is and what each request to it says of that.
 *
 * @param tls whether it is reached over TLS
 * @param root what comes before the API's paths; empty text for none
 * @param hostHeader value of the header {@code host}
 * @param head the header lines that are the same in every request, each with its end; holds the key
 */
record EngineAddress(String host, int port, boolean tls, String root, String hostHeader, String head) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static EngineAddress of(Replica replica) {
        URI url = replica.url();
        String scheme = url.getScheme() == null ? "http" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("Not the URL of an engine: " + url);
        }
        boolean tls = scheme.equals("https");
        int standard = tls ? HTTPS : HTTP;
        int port = url.getPort() < 0 ? standard : url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String hostHeader = port == standard ? url.getHost() : url.getHost() + ":" + port;
        return new EngineAddress(
                withoutBrackets(url.getHost()),
                port,
                tls,
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                hostHeader,
                head(hostHeader, replica.key()));
    }

    private static String head(String hostHeader, String key) {
        StringBuilder lines = new StringBuilder("host: ").append(hostHeader).append("\r\n");
        if (!key.isEmpty()) {
            lines.append("authorization: Bearer ").append(key).append("\r\n");
        }
        return lines.append("content-type: application/json\r\naccept: */*\r\n").toString();
    }

    /** Without the key: this text may reach a log. */
    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + hostHeader + root;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
