package ai.exaone.agents.tool.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of an answer, and its body while it arrives.
 *
 * @param status HTTP status
 * @param headers by name in lower case; of a repeated header the first value
 * @param body ends with the answer; throws {@link TooLarge} beyond the client's bound
 */
public record OutboundResponse(int status, Map<String, String> headers, InputStream body) {
    public OutboundResponse {
        headers = Map.copyOf(headers);
    }

    /** The value of a header, by any spelling of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** What to make of an answer. Runs while the connection is open; the rest of the body is dropped after it. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(OutboundResponse response) throws IOException;
    }

    /** The body is larger than the client reads. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
