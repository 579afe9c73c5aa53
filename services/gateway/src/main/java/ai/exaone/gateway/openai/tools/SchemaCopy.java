package ai.exaone.gateway.openai.tools;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * Copies a JSON schema into another one, as a grammar needs it: without what only people read, closed where its properties are
 * named, and with its references pointing to where it now stands.
 */
final class SchemaCopy {
    private static final Set<String> FOR_PEOPLE = Set.of(
            "$comment",
            "$id",
            "$schema",
            "default",
            "deprecated",
            "description",
            "examples",
            "readOnly",
            "strict",
            "title",
            "writeOnly");
    private static final Set<String> MAPS_OF_SCHEMAS = Set.of("$defs", "definitions", "dependentSchemas", "properties");
    private static final Set<String> LISTS_OF_SCHEMAS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> SCHEMAS = Set.of("additionalProperties", "contains", "items", "not");

    private final JsonParser from;
    private final JsonGenerator to;
    private final String place;

    /**
     * @param from stands at the schema's first token
     * @param place JSON pointer of the copy, with a leading {@code #}
     */
    SchemaCopy(JsonParser from, JsonGenerator to, String place) {
        this.from = from;
        this.to = to;
        this.place = place;
    }

    /** Copies; leaves the parser at the schema's last token. */
    void copy() throws IOException {
        if (from.currentToken() != JsonToken.START_OBJECT) {
            to.copyCurrentStructure(from);
            return;
        }
        to.writeStartObject();
        boolean named = false;
        boolean closed = false;
        while (from.nextToken() != JsonToken.END_OBJECT) {
            String keyword = from.currentName();
            from.nextToken();
            named |= keyword.equals("properties");
            closed |= keyword.equals("additionalProperties");
            copy(keyword);
        }
        if (named && !closed) {
            to.writeBooleanField("additionalProperties", false);
        }
        to.writeEndObject();
    }

    private void copy(String keyword) throws IOException {
        if (FOR_PEOPLE.contains(keyword)) {
            from.skipChildren();
        } else if (MAPS_OF_SCHEMAS.contains(keyword) && from.currentToken() == JsonToken.START_OBJECT) {
            copyMap(keyword);
        } else if (LISTS_OF_SCHEMAS.contains(keyword) && from.currentToken() == JsonToken.START_ARRAY) {
            copyList(keyword);
        } else if (SCHEMAS.contains(keyword)) {
            to.writeFieldName(keyword);
            copy();
        } else if (keyword.equals("$ref")) {
            to.writeStringField(keyword, moved(from.getText()));
        } else if (!keyword.equals("pattern") || isWhole(from.getText())) {
            to.writeFieldName(keyword);
            to.copyCurrentStructure(from);
        }
    }

    private void copyMap(String keyword) throws IOException {
        to.writeObjectFieldStart(keyword);
        while (from.nextToken() != JsonToken.END_OBJECT) {
            to.writeFieldName(from.currentName());
            from.nextToken();
            copy();
        }
        to.writeEndObject();
    }

    private void copyList(String keyword) throws IOException {
        to.writeArrayFieldStart(keyword);
        while (from.nextToken() != JsonToken.END_ARRAY) {
            copy();
        }
        to.writeEndArray();
    }

    private String moved(String reference) {
        return reference.startsWith("#") ? place + reference.substring(1) : reference;
    }

    /** A grammar can follow a pattern only if it describes the whole text. */
    private static boolean isWhole(String pattern) {
        return pattern.startsWith("^") && pattern.endsWith("$");
    }
}
