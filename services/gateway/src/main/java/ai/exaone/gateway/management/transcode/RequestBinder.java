package ai.exaone.gateway.management.transcode;

import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.contract.PublicMethod;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.base.CaseFormat;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes an RPC's request from a path, a query and a body. Everything that fits nowhere is refused by name. Thread-safe. */
public final class RequestBinder {
    private static final String MASK_FIELD = "update_mask";
    private static final String REQUEST_ID_FIELD = "request_id";
    private static final String RESUME_FIELD = "after_sequence";

    /**
     * The request that an HTTP request means.
     *
     * @param path what the path fills, by field
     * @throws PlatformException with a violation for every field that does not fit
     */
    public DynamicMessage bind(PublicMethod method, Map<String, String> path, HttpInput input) {
        Binding binding = new Binding(method);
        binding.body(input.body());
        binding.query(input.query());
        binding.headers(input);
        binding.path(path);
        return binding.request();
    }

    /** One request being made. */
    private static final class Binding {
        private final PublicMethod method;
        private final Descriptor type;
        private final DynamicMessage.Builder request;
        private final List<FieldViolation> violations = new ArrayList<>();

        Binding(PublicMethod method) {
            this.method = method;
            this.type = method.descriptor().getInputType();
            this.request = DynamicMessage.newBuilder(type);
        }

        DynamicMessage request() {
            if (!violations.isEmpty()) {
                FieldViolation first = violations.getFirst();
                throw PlatformException.because(
                                PlatformError.INVALID_REQUEST,
                                "The field " + first.field() + " " + first.description() + ".")
                        .violations(violations)
                        .build();
            }
            return request.build();
        }

        void body(byte[] body) {
            switch (method.body()) {
                case PublicMethod.Body.None() -> {
                    if (body.length > 0) {
                        throw new PlatformException(TranscodeError.MALFORMED_BODY, "This request has no body.");
                    }
                }
                case PublicMethod.Body.Whole() -> parse(body, type, request);
                case PublicMethod.Body.Field(FieldDescriptor field) -> {
                    DynamicMessage.Builder resource = DynamicMessage.newBuilder(field.getMessageType());
                    Set<String> present = parse(body, field.getMessageType(), resource);
                    request.setField(field, resource.build());
                    mask(present);
                }
            }
        }

        private Set<String> parse(byte[] body, Descriptor message, Message.Builder into) {
            if (body.length == 0) {
                // Most acts need no words: an empty body is an empty object.
                return Set.of();
            }
            JsonBody seen = JsonBody.read(body, message);
            violations.addAll(seen.violations());
            if (seen.violations().isEmpty()) {
                try {
                    JsonFormat.parser().merge(new String(body, StandardCharsets.UTF_8), into);
                } catch (InvalidProtocolBufferException unreadable) {
                    throw PlatformException.because(
                                    TranscodeError.MALFORMED_BODY, "The body cannot be read as this request.")
                            .cause(unreadable)
                            .build();
                }
            }
            return seen.present();
        }

        /** What is in the body is what changes, unless the query says it. */
        private void mask(Set<String> present) {
            FieldDescriptor mask = type.findFieldByName(MASK_FIELD);
            if (mask != null) {
                request.setField(
                        mask, FieldMask.newBuilder().addAllPaths(present).build());
            }
        }

        void query(Map<String, List<String>> query) {
            List<FieldDescriptor> allowed = method.queryFields();
            query.forEach((name, values) -> {
                Optional<FieldDescriptor> field = FieldValues.find(type, name).filter(allowed::contains);
                if (field.isEmpty()) {
                    violations.add(new FieldViolation(name, "is not a parameter of this request"));
                } else if (values.size() > 1 && !field.get().isRepeated()) {
                    violations.add(new FieldViolation(name, "is there more than once"));
                } else {
                    values.forEach(value -> set(field.get(), name, value));
                }
            });
        }

        void headers(HttpInput input) {
            fillFromHeader(REQUEST_ID_FIELD, input.idempotencyKey(), "Idempotency-Key");
            fillFromHeader(RESUME_FIELD, input.lastEventId(), "Last-Event-ID");
        }

        private void fillFromHeader(String fieldName, Optional<String> header, String headerName) {
            FieldDescriptor field = type.findFieldByName(fieldName);
            if (field != null && header.isPresent()) {
                set(field, headerName, header.get());
            }
        }

        void path(Map<String, String> path) {
            path.forEach((name, value) -> {
                FieldDescriptor field = type.findFieldByName(name);
                if (method.body() instanceof PublicMethod.Body.Whole && request.hasField(field)) {
                    violations.add(new FieldViolation(field.getJsonName(), "is in the path and not in the body"));
                }
                set(field, field.getJsonName(), value);
            });
        }

        private void set(FieldDescriptor field, String name, String text) {
            Optional<String> mistake = FieldValues.mistake(field, JsonToken.VALUE_STRING, text);
            if (mistake.isPresent()) {
                violations.add(new FieldViolation(name, mistake.get()));
            } else if (field.isRepeated()) {
                request.addRepeatedField(field, value(field, text));
            } else {
                request.setField(field, value(field, text));
            }
        }

        private static Object value(FieldDescriptor field, String text) {
            return switch (field.getJavaType()) {
                case INT -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case BOOLEAN -> Boolean.valueOf(text);
                case STRING -> text;
                case ENUM -> field.getEnumType().findValueByName(text);
                case MESSAGE -> wellKnown(field.getMessageType(), text);
                case FLOAT, DOUBLE, BYTE_STRING ->
                    throw new IllegalStateException(field.getFullName() + " cannot be in a path or a query");
            };
        }

        private static Message wellKnown(Descriptor type, String text) {
            try {
                return switch (type.getFullName()) {
                    case "google.protobuf.Timestamp" -> Timestamps.parse(text);
                    case "google.protobuf.Duration" -> Durations.parse(text);
                    case "google.protobuf.FieldMask" -> mask(text);
                    default -> throw new IllegalStateException(type.getFullName() + " cannot be in a query");
                };
            } catch (ParseException checkedBefore) {
                throw new IllegalStateException(checkedBefore);
            }
        }

        private static FieldMask mask(String text) {
            FieldMask.Builder mask = FieldMask.newBuilder();
            for (String path : text.split(",", -1)) {
                mask.addPaths(CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, path.strip()));
            }
            return mask.build();
        }
    }
}
