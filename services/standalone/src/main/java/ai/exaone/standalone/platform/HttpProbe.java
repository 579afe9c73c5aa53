package ai.exaone.standalone.platform;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks an address of this installation whether it answers 200. Over TLS it trusts the installation's own certificate, whatever
 * name it has: the address asked is one of this machine.
 */
public final class HttpProbe {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final URI address;
    private final LocalConnections connections;

    /** @param certificate the public port's, if it speaks TLS */
    public HttpProbe(URI address, Optional<Path> certificate) {
        this.address = address;
        this.connections = new LocalConnections(certificate);
    }

    public boolean answers() {
        try {
            var connection = connections.to(address, LIMIT);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}
