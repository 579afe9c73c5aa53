package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * What a known field must look like. A rule stands at the value's first token and leaves the parser at its last; it throws
 * {@link ai.exaone.errors.PlatformException} naming the parameter.
 */
interface FieldRule {
    void check(String parameter, JsonParser value) throws IOException;

    /** The rule, or {@code null}. */
    default FieldRule orNull() {
        return (parameter, value) -> {
            if (value.currentToken() != JsonToken.VALUE_NULL) {
                check(parameter, value);
            }
        };
    }

    static FieldRule bool() {
        return (parameter, value) -> require(value.currentToken().isBoolean(), parameter, "a boolean", value);
    }

    static FieldRule text() {
        return (parameter, value) ->
                require(value.currentToken() == JsonToken.VALUE_STRING, parameter, "a string", value);
    }

    static FieldRule object() {
        return (parameter, value) -> {
            require(value.currentToken() == JsonToken.START_OBJECT, parameter, "an object", value);
            value.skipChildren();
        };
    }

    static FieldRule number(double least, double most) {
        return (parameter, value) -> {
            require(value.currentToken().isNumeric(), parameter, "a number", value);
            double number = value.getDoubleValue();
            if (!(number >= least && number <= most)) {
                throw Faults.value(parameter, "expected a number from " + plain(least) + " to " + plain(most) + ".");
            }
        };
    }

    static FieldRule integer(long least, long most) {
        return (parameter, value) -> {
            require(value.currentToken() == JsonToken.VALUE_NUMBER_INT, parameter, "an integer", value);
            boolean fits = value.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            if (!fits || value.getLongValue() < least || value.getLongValue() > most) {
                throw Faults.value(parameter, "expected an integer from " + least + " to " + most + ".");
            }
        };
    }

    static FieldRule oneOf(Set<String> words) {
        return (parameter, value) -> {
            require(value.currentToken() == JsonToken.VALUE_STRING, parameter, "a string", value);
            if (!words.contains(value.getText())) {
                throw Faults.value(
                        parameter,
                        "expected one of "
                                + String.join(", ", words.stream().sorted().toList()) + ".");
            }
        };
    }

    static FieldRule array(int least, int most, FieldRule item) {
        return (parameter, value) -> {
            require(value.currentToken() == JsonToken.START_ARRAY, parameter, "an array", value);
            int count = 0;
            while (value.nextToken() != JsonToken.END_ARRAY) {
                if (count == most) {
                    throw Faults.value(parameter, "expected at most " + most + " items.");
                }
                item.check(parameter + "[" + count + "]", value);
                count++;
            }
            if (count < least) {
                throw Faults.value(parameter, "expected at least " + least + " item" + (least == 1 ? "." : "s."));
            }
        };
    }

    static void require(boolean right, String parameter, String expected, JsonParser value) {
        if (!right) {
            throw Faults.type(parameter, expected, value.currentToken());
        }
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
