package ai.exaone.gateway.edge;

import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why a request was refused or failed, as RFC 9457 has it.
 *
 * @param status the HTTP status
 * @param reason the stable name of the reason
 * @param detail what happened, in a sentence
 * @param requestId the id under which the request is logged
 * @param metadata values that the sentence names
 * @param violations the fields that are wrong, by their paths in the request's JSON
 * @param retryAfter how long to wait before the same request
 */
public record Problem(
        int status,
        String reason,
        String detail,
        String requestId,
        Map<String, String> metadata,
        List<FieldViolation> violations,
        Optional<Duration> retryAfter) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:exaone:reason:";
    private static final JsonFactory JSON = new JsonFactory();

    public Problem {
        metadata = Map.copyOf(metadata);
        violations = List.copyOf(violations);
    }

    /** The problem that a failure is. */
    public static Problem of(PlatformException failure, String requestId) {
        return new Problem(
                status(failure),
                failure.reason().name(),
                detail(failure),
                requestId,
                failure.metadata(),
                failure.violations().stream()
                        .map(violation -> new FieldViolation(JsonPaths.of(violation.field()), violation.description()))
                        .toList(),
                failure.retryAfter());
    }

    private static int status(PlatformException failure) {
        if (failure.reason() instanceof HttpReason own) {
            return own.httpStatus();
        }
        return failure.category().httpStatus();
    }

    /** The sentence names the first field that is wrong; its spelling follows the field's. */
    private static String detail(PlatformException failure) {
        if (failure.violations().isEmpty()
                || failure.violations().getFirst().field().isEmpty()) {
            return failure.publicMessage();
        }
        String field = failure.violations().getFirst().field();
        return failure.publicMessage().replace(field, JsonPaths.of(field));
    }

    /** Whole seconds for the header {@code Retry-After}: never sooner than asked for, and never at once. */
    public Optional<Long> retryAfterSeconds() {
        return retryAfter.map(delay -> Math.max(1, delay.plusNanos(999_999_999).toSeconds()));
    }

    /** The body of media type {@link #MEDIA_TYPE}. */
    public byte[] json() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("type", TYPE_PREFIX + reason);
            json.writeStringField("title", title());
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeStringField("reason", reason);
            json.writeStringField("requestId", requestId);
            if (!metadata.isEmpty()) {
                writeMetadata(json);
            }
            if (!violations.isEmpty()) {
                writeViolations(json);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return body.toByteArray();
    }

    /** {@code Quota exceeded} for {@code QUOTA_EXCEEDED}. */
    private String title() {
        String words = reason.toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private void writeMetadata(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private void writeViolations(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("violations");
        for (FieldViolation violation : violations) {
            json.writeStartObject();
            json.writeStringField("field", violation.field());
            json.writeStringField("description", violation.description());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
