package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The known fields of an embedding. */
final class EmbeddingFields {
    private static final int MOST_INPUTS = 2048;
    private static final int MOST_TOKENS = 1_000_000;
    private static final long MOST_DIMENSIONS = 65_536;

    static final Map<String, FieldRule> RULES = Map.of(
            "input", EmbeddingFields::texts,
            "encoding_format", FieldRule.oneOf(Set.of("base64", "float")).orNull(),
            "dimensions", FieldRule.integer(1, MOST_DIMENSIONS).orNull(),
            "user", FieldRule.text().orNull());

    private EmbeddingFields() {}

    /** Texts, or their tokens: one of them or several. */
    static void texts(String parameter, JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            text(parameter, value);
            return;
        }
        FieldRule.require(value.currentToken() == JsonToken.START_ARRAY, parameter, "a string or an array", value);
        JsonToken first = value.nextToken();
        int most = first == JsonToken.VALUE_NUMBER_INT ? MOST_TOKENS : MOST_INPUTS;
        int count = 0;
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = value.nextToken()) {
            if (count == most) {
                throw Faults.value(parameter, "expected at most " + most + " items.");
            }
            item(parameter + "[" + count + "]", first, value);
            count++;
        }
        if (count == 0) {
            throw Faults.value(parameter, "expected at least 1 item.");
        }
    }

    /** All items are of the first one's kind: texts, tokens of one text, or lists of tokens. */
    private static void item(String parameter, JsonToken kind, JsonParser value) throws IOException {
        switch (kind) {
            case VALUE_STRING -> text(parameter, value);
            case VALUE_NUMBER_INT -> FieldRule.integer(0, Integer.MAX_VALUE).check(parameter, value);
            case START_ARRAY ->
                FieldRule.array(1, MOST_TOKENS, FieldRule.integer(0, Integer.MAX_VALUE))
                        .check(parameter, value);
            default -> throw Faults.type(parameter, "a string, an integer or an array of integers", kind);
        }
    }

    private static void text(String parameter, JsonParser value) throws IOException {
        FieldRule.text().check(parameter, value);
        if (value.getTextLength() == 0) {
            throw Faults.value(parameter, "expected a text that is not empty.");
        }
    }
}
