package ai.exaone.gateway.management.transcode;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.math.BigDecimal;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/** What proto JSON allows as the value of a field, said so that a caller can mend it. */
final class FieldValues {
    private static final String TIMESTAMP = "google.protobuf.Timestamp";
    private static final String DURATION = "google.protobuf.Duration";
    private static final String FIELD_MASK = "google.protobuf.FieldMask";
    private static final String STRUCT = "google.protobuf.Struct";
    private static final String WELL_KNOWN = "google.protobuf.";

    private FieldValues() {}

    /** The field of a message with that name, in JSON's spelling or the proto's. */
    static Optional<FieldDescriptor> find(Descriptor message, String name) {
        return message.getFields().stream()
                .filter(field ->
                        field.getJsonName().equals(name) || field.getName().equals(name))
                .findFirst();
    }

    /** Whether the value is a JSON object with fields of a message of ours. */
    static boolean isNested(FieldDescriptor field) {
        return isMessage(field) && !field.getMessageType().getFullName().startsWith(WELL_KNOWN);
    }

    static boolean isStruct(FieldDescriptor field) {
        return isMessage(field) && field.getMessageType().getFullName().equals(STRUCT);
    }

    /** What a value of the field must be, to follow the field's name in a sentence. */
    static String expectation(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> "must be a whole number";
            case LONG -> "must be a whole number, as text or number";
            case FLOAT, DOUBLE -> "must be a number";
            case BOOLEAN -> "must be true or false";
            case STRING -> "must be text";
            case BYTE_STRING -> "must be base64 text";
            case ENUM -> "must be one of " + names(field);
            case MESSAGE ->
                switch (field.getMessageType().getFullName()) {
                    case TIMESTAMP -> "must be a time such as 2026-03-01T09:00:00Z";
                    case DURATION -> "must be a duration such as 3.5s";
                    case FIELD_MASK -> "must be names of fields with commas between";
                    default -> "must be an object";
                };
        };
    }

    /** What is wrong with a scalar value; empty when nothing is. */
    static Optional<String> mistake(FieldDescriptor field, JsonToken token, String text) {
        return fits(field, token, text) ? Optional.empty() : Optional.of(expectation(field));
    }

    private static boolean fits(FieldDescriptor field, JsonToken token, String text) {
        boolean isText = token == JsonToken.VALUE_STRING;
        boolean numeric = isText || token.isNumeric();
        return switch (field.getJavaType()) {
            case INT -> numeric && whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> numeric && whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT, DOUBLE -> token.isNumeric();
            case BOOLEAN -> token.isBoolean() || (isText && (text.equals("true") || text.equals("false")));
            case STRING -> isText;
            case BYTE_STRING -> isText && base64(text);
            case ENUM -> isText && field.getEnumType().findValueByName(text) != null;
            case MESSAGE -> isText && message(field.getMessageType().getFullName(), text);
        };
    }

    private static boolean message(String type, String text) {
        try {
            switch (type) {
                case TIMESTAMP -> Timestamps.parse(text);
                case DURATION -> Durations.parse(text);
                case FIELD_MASK -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
            return true;
        } catch (ParseException | IllegalArgumentException wrong) {
            return false;
        }
    }

    private static boolean whole(String text, long lowest, long highest) {
        try {
            // No exponent of an attacker's choice: a number of this many digits is never in range.
            if (text.length() > 40) {
                return false;
            }
            BigDecimal number = new BigDecimal(text);
            return number.stripTrailingZeros().scale() <= 0
                    && number.compareTo(BigDecimal.valueOf(lowest)) >= 0
                    && number.compareTo(BigDecimal.valueOf(highest)) <= 0;
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }

    private static boolean base64(String text) {
        try {
            Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            return true;
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }

    private static String names(FieldDescriptor field) {
        return field.getEnumType().getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .map(EnumValueDescriptor::getName)
                .collect(Collectors.joining(", "));
    }

    private static boolean isMessage(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }
}
