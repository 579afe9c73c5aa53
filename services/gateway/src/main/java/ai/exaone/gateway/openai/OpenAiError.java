package ai.exaone.gateway.openai;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.PlatformException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure in OpenAI's shape: {@code {"error": {"message", "type", "param", "code"}}}.
 *
 * @param status HTTP status
 * @param param the field at fault, where one is
 * @param code stable name in OpenAI's vocabulary where it has one, else our reason in lower case
 * @param headers names in lower case
 */
public record OpenAiError(
        int status, String type, String code, @Nullable String param, String message, Map<String, String> headers) {
    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final String SERVER_ERROR = "server_error";
    private static final int TOO_LARGE = 413;
    private static final int METHOD_NOT_ALLOWED = 405;

    public OpenAiError {
        headers = Map.copyOf(headers);
    }

    /** The one translation of failures on {@code /v1}. */
    public static OpenAiError of(PlatformException failure) {
        String reason = failure.reason().name();
        String code = OpenAiCodes.of(reason, failure.metadata());
        return new OpenAiError(
                status(reason, failure.category()),
                type(failure.category(), code),
                code,
                failure.violations().isEmpty()
                        ? null
                        : failure.violations().getFirst().field(),
                failure.publicMessage(),
                headers(failure, code));
    }

    /** A failure that is in this shape already. */
    public static OpenAiError read(int status, byte[] body) {
        JsonValue error =
                JsonValue.ofObject(body).flatMap(object -> object.get("error")).orElseGet(() -> JsonValue.of("{}"));
        return new OpenAiError(
                status,
                error.text("type").orElse(SERVER_ERROR),
                error.text("code").orElse(SERVER_ERROR),
                error.text("param").orElse(null),
                error.text("message").orElse("The call failed."),
                Map.of());
    }

    /** The body of an answer. */
    public byte[] body() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeStringField("type", type);
            json.writeStringField("param", param);
            json.writeStringField("code", code);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** The same as a server-sent event: the end of a stream that cannot go on. */
    public byte[] event() {
        byte[] body = body();
        byte[] head = "data: ".getBytes(StandardCharsets.US_ASCII);
        byte[] event = new byte[head.length + body.length + 2];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(body, 0, event, head.length, body.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    private static int status(String reason, ErrorCategory category) {
        if (reason.equals(OpenAiReason.REQUEST_TOO_LARGE.name())) {
            return TOO_LARGE;
        }
        return reason.equals(OpenAiReason.METHOD_NOT_ALLOWED.name()) ? METHOD_NOT_ALLOWED : category.httpStatus();
    }

    private static String type(ErrorCategory category, String code) {
        return switch (category) {
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    UNAUTHENTICATED,
                    UNIMPLEMENTED -> INVALID_REQUEST;
            case RESOURCE_EXHAUSTED -> code.equals(OpenAiCodes.INSUFFICIENT_QUOTA) ? code : "rate_limit_error";
            case CANCELLED, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE -> SERVER_ERROR;
        };
    }

    private static Map<String, String> headers(PlatformException failure, String code) {
        Map<String, String> headers = new LinkedHashMap<>();
        failure.retryAfter().ifPresent(delay -> headers.put("retry-after", Long.toString(seconds(delay))));
        if (code.equals(OpenAiCodes.INSUFFICIENT_QUOTA) || failure.category() == ErrorCategory.ALREADY_EXISTS) {
            // OpenAI's clients repeat every 409 and 429 unless told that it is of no use.
            headers.put("x-should-retry", "false");
        }
        return headers;
    }

    private static long seconds(Duration delay) {
        return Math.max(1, delay.plusMillis(999).toSeconds());
    }
}
