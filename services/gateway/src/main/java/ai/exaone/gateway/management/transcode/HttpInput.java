package ai.exaone.gateway.management.transcode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an HTTP request says, apart from its path.
 *
 * @param query decoded parameters, in order
 * @param body the body's bytes; empty for none
 * @param idempotencyKey the header {@code Idempotency-Key}
 * @param lastEventId the header {@code Last-Event-ID}
 */
public record HttpInput(
        Map<String, List<String>> query, byte[] body, Optional<String> idempotencyKey, Optional<String> lastEventId) {
    public HttpInput {
        query = Map.copyOf(query);
    }
}
