package ai.exaone.gateway.openai;

import java.util.Map;

/** How an API words a failure before anything was sent. */
public interface ErrorShape {
    /** OpenAI's own. */
    ErrorShape OPENAI = (error, requestId) -> error.body();

    /** The body of the answer. */
    byte[] body(OpenAiError error, String requestId);

    /** Headers of every answer of the API, whatever it says; names in lower case. */
    default Map<String, String> headers(String requestId) {
        return Map.of();
    }
}
