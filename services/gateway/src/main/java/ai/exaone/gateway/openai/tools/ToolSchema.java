package ai.exaone.gateway.openai.tools;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.Span;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The schema that the engine's answer has to follow: {@code {"tool_calls": [{"name", "arguments"}, …]}}, and where no tool need be
 * called also {@code {"answer": …}}.
 */
final class ToolSchema {
    static final String CALLS = "tool_calls";
    static final String ANSWER = "answer";
    private static final int MOST_PARALLEL_CALLS = 8;
    private static final String TEXT = "{\"type\":\"string\"}";

    private final ToolRequest request;
    private final String answerSchema;

    /**
     * @param answerSchema schema of the plain answer, where the caller asks for one; empty for text
     */
    ToolSchema(ToolRequest request, String answerSchema) {
        this.request = request;
        this.answerSchema = answerSchema.isEmpty() ? TEXT : answerSchema;
    }

    /** The field {@code response_format} of the engine's request. */
    byte[] responseFormat() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "json_schema");
            json.writeObjectFieldStart("json_schema");
            json.writeStringField("name", ANSWER);
            json.writeBooleanField("strict", true);
            json.writeFieldName("schema");
            schema(json);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private void schema(JsonGenerator json) throws IOException {
        List<ToolDefinition> tools = request.callable();
        json.writeStartObject();
        switch (request.choice()) {
            case ToolChoice.Required ignored -> calls(json, tools);
            case ToolChoice.Named ignored -> calls(json, tools);
            case ToolChoice.Auto ignored -> {
                json.writeArrayFieldStart("anyOf");
                json.writeStartObject();
                calls(json, tools);
                json.writeEndObject();
                json.writeStartObject();
                answer(json);
                json.writeEndObject();
                json.writeEndArray();
            }
            case ToolChoice.None ignored -> throw new IllegalStateException("Without calls no schema is needed");
        }
        definitions(json, tools);
        json.writeEndObject();
    }

    private void calls(JsonGenerator json, List<ToolDefinition> tools) throws IOException {
        beginObject(json, CALLS);
        json.writeFieldName(CALLS);
        json.writeStartObject();
        json.writeStringField("type", "array");
        json.writeNumberField("minItems", 1);
        json.writeNumberField("maxItems", mostCalls());
        json.writeObjectFieldStart("items");
        json.writeArrayFieldStart("anyOf");
        for (int i = 0; i < tools.size(); i++) {
            call(json, tools.get(i), i);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** A tool that is named is called once: small models else repeat themselves until they are cut off. */
    private int mostCalls() {
        boolean several = request.parallel() && !(request.choice() instanceof ToolChoice.Named);
        return several ? MOST_PARALLEL_CALLS : 1;
    }

    private static void call(JsonGenerator json, ToolDefinition tool, int index) throws IOException {
        json.writeStartObject();
        beginObject(json, "name", "arguments");
        json.writeObjectFieldStart("name");
        json.writeStringField("const", tool.name());
        json.writeEndObject();
        json.writeObjectFieldStart("arguments");
        json.writeStringField("$ref", "#/$defs/" + definition(index));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void answer(JsonGenerator json) throws IOException {
        beginObject(json, ANSWER);
        json.writeObjectFieldStart(ANSWER);
        json.writeStringField("$ref", "#/$defs/" + ANSWER);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Writes all of an object's schema up to its first property; the caller ends the properties. */
    private static void beginObject(JsonGenerator json, String... names) throws IOException {
        json.writeStringField("type", "object");
        json.writeBooleanField("additionalProperties", false);
        json.writeArrayFieldStart("required");
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("properties");
    }

    private void definitions(JsonGenerator json, List<ToolDefinition> tools) throws IOException {
        json.writeObjectFieldStart("$defs");
        for (int i = 0; i < tools.size(); i++) {
            define(json, definition(i), tools.get(i).parameters());
        }
        if (request.choice() instanceof ToolChoice.Auto) {
            define(json, ANSWER, answerSchema);
        }
        json.writeEndObject();
    }

    private static void define(JsonGenerator json, String name, String schema) throws IOException {
        byte[] bytes = schema.getBytes(StandardCharsets.UTF_8);
        json.writeFieldName(name);
        try (JsonParser parser = Json.parser(bytes, new Span(0, bytes.length))) {
            parser.nextToken();
            new SchemaCopy(parser, json, "#/$defs/" + name).copy();
        }
    }

    private static String definition(int index) {
        return "tool" + index;
    }
}
