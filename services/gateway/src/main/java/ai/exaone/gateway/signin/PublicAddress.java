package ai.exaone.gateway.signin;

import java.net.URI;
import java.util.Locale;

/**
 * Where browsers find the installation.
 *
 * @param url absolute, without a path and without a slash at the end
 */
public record PublicAddress(URI url) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public PublicAddress {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || !url.getRawPath().isEmpty()) {
            throw new IllegalArgumentException(
                    "exaone.public-url is like https://host or http://host:8080, unlike " + url);
        }
    }

    /** Whether browsers reach it by TLS. */
    public boolean isSecure() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** The origin as browsers name it (RFC 6454): a scheme's own port is left out. */
    String origin() {
        int port = url.getPort() == (isSecure() ? HTTPS_PORT : HTTP_PORT) ? -1 : url.getPort();
        String origin = url.getScheme() + "://" + url.getHost() + (port < 0 ? "" : ":" + port);
        return origin.toLowerCase(Locale.ROOT);
    }

    /** The host with its port, as in the header {@code Host}. */
    String authority() {
        return origin().substring(origin().indexOf("://") + "://".length());
    }

    /** The address of a path. */
    URI at(String path) {
        return URI.create(origin() + path);
    }
}
