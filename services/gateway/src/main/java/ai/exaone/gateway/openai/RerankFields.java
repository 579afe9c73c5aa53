package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The known fields of a reranking: the shape that Cohere and Jina made usual, as engines serve it. */
final class RerankFields {
    private static final int MOST_DOCUMENTS = 2048;

    static final Map<String, FieldRule> RULES = Map.of(
            "query", RerankFields::query,
            "documents", FieldRule.array(1, MOST_DOCUMENTS, RerankFields::document),
            "top_n", FieldRule.integer(1, Integer.MAX_VALUE).orNull(),
            "return_documents", FieldRule.bool().orNull(),
            "user", FieldRule.text().orNull());

    private RerankFields() {}

    private static void query(String parameter, JsonParser value) throws IOException {
        FieldRule.text().check(parameter, value);
        if (value.getTextLength() == 0) {
            throw Faults.value(parameter, "expected a text that is not empty.");
        }
    }

    /** A text, or an object with the member {@code text}. */
    private static void document(String parameter, JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            return;
        }
        FieldRule.require(value.currentToken() == JsonToken.START_OBJECT, parameter, "a string or an object", value);
        Set<String> document = JsonMembers.visit(value, (name, member) -> {
            if (name.equals("text")) {
                FieldRule.text().check(parameter + ".text", member);
            } else {
                member.skipChildren();
            }
        });
        if (!document.contains("text")) {
            throw Faults.missing(parameter + ".text");
        }
    }
}
