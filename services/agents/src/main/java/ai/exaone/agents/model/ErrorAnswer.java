package ai.exaone.agents.model;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;
import ai.exaone.errors.ReceivedReason;
import ai.exaone.proto.inference.internal.v1.ResponseHead;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An error in OpenAI's shape, as the failure that it stands for: its code is kept as the reason. */
final class ErrorAnswer {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String CODE = "[A-Za-z][A-Za-z0-9_]{0,61}[A-Za-z0-9]";
    private static final int LONGEST_MESSAGE = 1_000;

    private ErrorAnswer() {}

    static PlatformException read(ResponseHead head, String body) {
        ErrorCategory category = category(head.getStatus());
        JsonNode error = parse(body).path("error");
        var failure = PlatformException.because(
                reason(error, category), message(error, "The gateway answered with status " + head.getStatus() + "."));
        retryAfter(head).ifPresent(failure::retryAfter);
        return failure.build();
    }

    /** The error that an event of a stream carries, if it carries one. */
    static Optional<PlatformException> inStream(String event, String data) {
        boolean suspicious = "error".equals(event) || data.startsWith("{\"error\"");
        if (!suspicious) {
            return Optional.empty();
        }
        JsonNode error = parse(data).path("error");
        return Optional.of(new PlatformException(
                reason(error, ErrorCategory.UNAVAILABLE), message(error, "The model's answer broke off.")));
    }

    private static ErrorReason reason(JsonNode error, ErrorCategory category) {
        String code = error.path("code").asString("");
        if (code.matches(CODE)) {
            return new ReceivedReason(code.toUpperCase(Locale.ROOT), category, retryable(category));
        }
        return switch (category) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> ModelError.MODEL_UNAVAILABLE;
            case INTERNAL -> ModelError.MODEL_ANSWER_INTERRUPTED;
            case CANCELLED,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    UNIMPLEMENTED,
                    UNAUTHENTICATED -> ModelError.MODEL_CALL_REFUSED;
        };
    }

    private static boolean retryable(ErrorCategory category) {
        return switch (category) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL -> true;
            case CANCELLED,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    UNIMPLEMENTED,
                    UNAUTHENTICATED -> false;
        };
    }

    private static ErrorCategory category(int status) {
        return switch (status) {
            case 401 -> ErrorCategory.UNAUTHENTICATED;
            case 403 -> ErrorCategory.PERMISSION_DENIED;
            case 404 -> ErrorCategory.NOT_FOUND;
            case 408, 504 -> ErrorCategory.DEADLINE_EXCEEDED;
            case 409 -> ErrorCategory.ABORTED;
            case 429 -> ErrorCategory.RESOURCE_EXHAUSTED;
            case 500 -> ErrorCategory.INTERNAL;
            case 501 -> ErrorCategory.UNIMPLEMENTED;
            default -> status > 500 ? ErrorCategory.UNAVAILABLE : ErrorCategory.INVALID_ARGUMENT;
        };
    }

    private static String message(JsonNode error, String otherwise) {
        String message = error.path("message").asString("").strip();
        if (message.isEmpty()) {
            return otherwise;
        }
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }

    private static Optional<Duration> retryAfter(ResponseHead head) {
        String seconds = head.getHeadersOrDefault("retry-after", "");
        return seconds.matches("[0-9]{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }

    private static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException none) {
            return MAPPER.createObjectNode();
        }
    }
}
