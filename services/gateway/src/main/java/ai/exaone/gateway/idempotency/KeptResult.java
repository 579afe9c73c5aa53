package ai.exaone.gateway.idempotency;

import java.util.Map;

/**
 * What a call was answered, to the last byte.
 *
 * @param requestId of the request that was carried out
 * @param headers those that belong to the result, names in lower case
 * @param body not to be changed
 */
public record KeptResult(String requestId, int status, String mediaType, Map<String, String> headers, byte[] body) {
    public KeptResult {
        headers = Map.copyOf(headers);
    }

    /** Without what was said: this text may reach a log. */
    @Override
    public String toString() {
        return requestId + ": " + status;
    }
}
