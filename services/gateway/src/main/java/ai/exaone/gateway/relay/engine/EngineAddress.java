package ai.exaone.gateway.relay.engine;

import ai.exaone.gateway.routing.Replica;
import io.netty.util.AsciiString;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine is and what each request to it says of that.
 *
 * @param tls whether it is reached over TLS
 * @param root what comes before the API's paths; empty text for none
 * @param hostHeader value of the header {@code host}
 * @param authorization value of the header {@code authorization}; absent where it asks for no key
 */
record EngineAddress(
        String host,
        int port,
        boolean tls,
        String root,
        AsciiString hostHeader,
        @Nullable AsciiString authorization) {
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
        return new EngineAddress(
                withoutBrackets(url.getHost()),
                port,
                tls,
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                AsciiString.cached(port == standard ? url.getHost() : url.getHost() + ":" + port),
                replica.key().isEmpty() ? null : AsciiString.cached("Bearer " + replica.key()));
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
