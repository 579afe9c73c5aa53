package ai.exaone.gateway.anthropic;

import ai.exaone.gateway.openai.ErrorShape;
import ai.exaone.gateway.openai.OpenAiError;
import java.util.Map;

/** Failures as Anthropic words them, and the request's id under the name that its clients look for. */
public final class AnthropicErrors implements ErrorShape {
    @Override
    public byte[] body(OpenAiError error, String requestId) {
        return AnthropicError.of(error, requestId).body();
    }

    @Override
    public Map<String, String> headers(String requestId) {
        return Map.of("request-id", requestId);
    }
}
