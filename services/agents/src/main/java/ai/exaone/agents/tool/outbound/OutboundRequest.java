package ai.exaone.agents.tool.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A call out of the platform. Its headers may hold secrets: {@link #toString()} leaves them out.
 *
 * @param method an HTTP method in upper case
 * @param uri absolute, http or https, with a host
 * @param body sent as it is; its type is in the headers
 * @param timeout longest time until the whole answer is there
 */
public record OutboundRequest(
        String method, URI uri, Map<String, String> headers, Optional<byte[]> body, Duration timeout) {
    public OutboundRequest {
        headers = Map.copyOf(headers);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("A call has time");
        }
    }

    @Override
    public String toString() {
        return "OutboundRequest[" + method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath() + "]";
    }
}
