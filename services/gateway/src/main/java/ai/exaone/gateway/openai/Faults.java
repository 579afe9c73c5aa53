package ai.exaone.gateway.openai;

import ai.exaone.errors.PlatformException;
import com.fasterxml.jackson.core.JsonToken;

/** Words the failures of requests. */
public final class Faults {
    private Faults() {}

    public static PlatformException of(OpenAiReason reason, String parameter, String message) {
        return PlatformException.because(reason, message)
                .violation(parameter, message)
                .build();
    }

    static PlatformException type(String parameter, String expected, JsonToken found) {
        return of(
                OpenAiReason.PARAMETER_TYPE,
                parameter,
                "Invalid type for '" + parameter + "': expected " + expected + ", but got " + name(found)
                        + " instead.");
    }

    public static PlatformException value(String parameter, String sentence) {
        return of(OpenAiReason.PARAMETER_VALUE, parameter, "Invalid '" + parameter + "': " + sentence);
    }

    /** Of a field that is known, and cannot be used here. */
    public static PlatformException unsupported(String parameter, String sentence) {
        return of(
                OpenAiReason.PARAMETER_UNSUPPORTED,
                parameter,
                "Unsupported parameter: '" + parameter + "'. " + sentence);
    }

    public static PlatformException missing(String parameter) {
        return of(OpenAiReason.PARAMETER_MISSING, parameter, "Missing required parameter: '" + parameter + "'.");
    }

    private static String name(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a decimal number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
        };
    }
}
