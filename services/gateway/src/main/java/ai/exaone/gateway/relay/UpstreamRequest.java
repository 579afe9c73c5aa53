package ai.exaone.gateway.relay;

import ai.exaone.gateway.openai.Splice;

/**
 * What is sent.
 *
 * @param requestId our own id of the request
 * @param path the API's path, for example {@code /v1/chat/completions}
 */
public record UpstreamRequest(String requestId, String path, Splice body) {}
