package ai.exaone.agents.chat;

import ai.exaone.errors.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A failure in OpenAI's shape.
 *
 * @param status HTTP status
 * @param headers names in lower case
 */
record ChatFailure(int status, Map<String, String> headers, ObjectNode body) {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Map<String, String> CODES = Map.of(
            "MODEL_NOT_FOUND", "model_not_found",
            "PATH_NOT_FOUND", "unknown_url",
            "PARAMETER_VALUE", "invalid_value",
            "REQUEST_NOT_JSON", "invalid_json");
    private static final int SERVER_ERROR = 500;

    static ChatFailure of(PlatformException failure) {
        String reason = failure.reason().name();
        int status = failure.category().httpStatus();
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/json");
        failure.retryAfter()
                .ifPresent(delay -> headers.put("retry-after", Long.toString(Math.max(1, delay.toSeconds()))));
        ObjectNode body = MAPPER.createObjectNode();
        ObjectNode error = body.putObject("error");
        error.put("message", failure.publicMessage());
        error.put("type", status < SERVER_ERROR ? "invalid_request_error" : "server_error");
        if (failure.violations().isEmpty()) {
            error.putNull("param");
        } else {
            error.put("param", failure.violations().getFirst().field());
        }
        error.put("code", CODES.getOrDefault(reason, reason.toLowerCase(Locale.ROOT)));
        return new ChatFailure(status, headers, body);
    }

    byte[] bytes() {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same as the last event of a stream that cannot go on. */
    byte[] event() {
        return ChatAnswer.event(body);
    }
}
