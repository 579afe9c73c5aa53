package ai.exaone.gateway.relay;

import ai.exaone.gateway.openai.Splice;
import java.time.Duration;
import java.util.Map;

/**
 * What is sent.
 *
 * @param requestId our own id of the request
 * @param path the API's path, for example {@code /v1/chat/completions}
 * @param connectTimeout until a connection stands
 * @param headers more headers, names in lower case: those of the caller's that are let through
 */
public record UpstreamRequest(
        String requestId, String path, Splice body, Duration connectTimeout, Map<String, String> headers) {}
