package ai.exaone.gateway.anthropic;

import ai.exaone.gateway.openai.Faults;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.JsonValue.Kind;
import ai.exaone.gateway.openai.RequestFields;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes the tools of a request, and how they are chosen, as those of a chat completion. */
final class ToolFields {
    private static final List<String> CHOICES = List.of("auto", "any", "tool", "none");

    private ToolFields() {}

    static void write(JsonGenerator json, RequestFields fields) throws IOException {
        List<JsonValue> tools = fields.items("tools");
        if (!tools.isEmpty()) {
            json.writeArrayFieldStart("tools");
            for (int i = 0; i < tools.size(); i++) {
                tool(json, "tools[" + i + "]", tools.get(i));
            }
            json.writeEndArray();
        }
        Optional<JsonValue> choice = fields.optional("tool_choice", Kind.OBJECT);
        if (choice.isPresent()) {
            choice(json, RequestFields.of("tool_choice", choice.get()));
        }
    }

    private static void tool(JsonGenerator json, String path, JsonValue value) throws IOException {
        RequestFields tool = RequestFields.of(path, value);
        String type = tool.optionalText("type").orElse("custom");
        if (!type.equals("custom")) {
            throw Faults.unsupported(
                    path + ".type", "Tools of type '" + type + "' are not supported: only those that the caller runs.");
        }
        json.writeStartObject();
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", tool.text("name"));
        Optional<String> description = tool.optionalText("description");
        if (description.isPresent()) {
            json.writeStringField("description", description.get());
        }
        MessagesRequest.raw(json, "parameters", tool.required("input_schema", Kind.OBJECT));
        if (tool.flag("strict", false)) {
            json.writeBooleanField("strict", true);
        }
        json.writeEndObject();
        json.writeEndObject();
        tool.ignore("cache_control").refuseOthers();
    }

    private static void choice(JsonGenerator json, RequestFields choice) throws IOException {
        String type = choice.requiredWord("type", CHOICES);
        switch (type) {
            case "any" -> json.writeStringField("tool_choice", "required");
            case "tool" -> {
                json.writeObjectFieldStart("tool_choice");
                json.writeStringField("type", "function");
                json.writeObjectFieldStart("function");
                json.writeStringField("name", choice.text("name"));
                json.writeEndObject();
                json.writeEndObject();
            }
            default -> json.writeStringField("tool_choice", type);
        }
        if (choice.flag("disable_parallel_tool_use", false)) {
            json.writeBooleanField("parallel_tool_calls", false);
        }
        choice.refuseOthers();
    }
}
