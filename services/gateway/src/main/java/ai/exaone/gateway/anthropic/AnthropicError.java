package ai.exaone.gateway.anthropic;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.OpenAiError;

/**
 * A failure in Anthropic's shape: {@code {"type": "error", "error": {"type", "message"}, "request_id"}}.
 *
 * @param type in Anthropic's words
 */
public record AnthropicError(String type, String message, String requestId) {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int TIMED_OUT = 504;
    private static final int FIRST_SERVER_ERROR = 500;

    /** The same failure in the other shape; statuses and headers are the same in both. */
    public static AnthropicError of(OpenAiError error, String requestId) {
        return new AnthropicError(type(error.status()), error.message(), requestId);
    }

    /** The body of an answer. */
    public byte[] body() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", type);
            json.writeStringField("message", message);
            json.writeEndObject();
            json.writeStringField("request_id", requestId);
            json.writeEndObject();
        });
    }

    private static String type(int status) {
        return switch (status) {
            case BAD_REQUEST -> "invalid_request_error";
            case UNAUTHORIZED -> "authentication_error";
            case FORBIDDEN -> "permission_error";
            case NOT_FOUND -> "not_found_error";
            case TOO_LARGE -> "request_too_large";
            case TOO_MANY -> "rate_limit_error";
            case UNAVAILABLE -> "overloaded_error";
            case TIMED_OUT -> "timeout_error";
            default -> status < FIRST_SERVER_ERROR ? "invalid_request_error" : "api_error";
        };
    }
}
