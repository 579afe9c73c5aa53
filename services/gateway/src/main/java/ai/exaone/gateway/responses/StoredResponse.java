package ai.exaone.gateway.responses;

import java.time.Instant;
import java.util.Optional;

/**
 * A response that is kept.
 *
 * @param id {@code resp_…}
 * @param previousId the response that it goes on from
 * @param input the items of its turn, a JSON array; not to be changed
 * @param response as it was given out, a JSON object; not to be changed
 * @param expiresAt when it is forgotten
 */
public record StoredResponse(
        String id, Optional<String> previousId, byte[] input, byte[] response, Instant createdAt, Instant expiresAt) {
    /** Without what was said: this text may reach a log. */
    @Override
    public String toString() {
        return id;
    }
}
