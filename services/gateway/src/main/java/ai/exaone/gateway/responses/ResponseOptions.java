package ai.exaone.gateway.responses;

import ai.exaone.gateway.openai.Faults;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.JsonValue.Kind;
import ai.exaone.gateway.openai.RequestFields;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Everything in a request that says how to answer: checks it, and writes it as a chat completion's. */
final class ResponseOptions {
    private static final List<String> CHOICES = List.of("auto", "none", "required");
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final String LOGPROBS = "message.output_text.logprobs";
    /** The second of these is for those who keep nothing here: our items of reasoning carry their text anyway. */
    private static final List<String> INCLUDED = List.of(LOGPROBS, "reasoning.encrypted_content");

    private static final List<String> NUMBERS = List.of("max_output_tokens", "temperature", "top_p", "top_logprobs");

    private ResponseOptions() {}

    static void check(RequestFields fields) {
        NUMBERS.forEach(name -> fields.optional(name, Kind.NUMBER));
        fields.optional("max_output_tokens", Kind.NUMBER).ifPresent(most -> {
            if (!most.json().matches("[1-9][0-9]{0,8}")) {
                throw Faults.value("max_output_tokens", "expected a positive integer.");
            }
        });
        fields.optional("parallel_tool_calls", Kind.BOOLEAN);
        included(fields);
        reasoning(fields);
        text(fields);
        List<JsonValue> tools = fields.items("tools");
        for (int i = 0; i < tools.size(); i++) {
            tool("tools[" + i + "]", tools.get(i));
        }
        choice(fields);
    }

    private static void included(RequestFields fields) {
        List<JsonValue> included = fields.items("include");
        for (int i = 0; i < included.size(); i++) {
            JsonValue item = included.get(i);
            if (!item.is(Kind.STRING) || !INCLUDED.contains(item.text())) {
                throw Faults.unsupported("include[" + i + "]", item.json() + " cannot be included.");
            }
        }
    }

    private static void reasoning(RequestFields fields) {
        Optional<JsonValue> reasoning = fields.optional("reasoning", Kind.OBJECT);
        if (reasoning.isPresent()) {
            RequestFields told = RequestFields.of("reasoning", reasoning.get());
            told.word("effort", EFFORTS);
            told.word("summary", List.of("auto"));
            told.word("generate_summary", List.of("auto"));
            told.refuseOthers();
        }
    }

    private static void text(RequestFields fields) {
        Optional<JsonValue> text = fields.optional("text", Kind.OBJECT);
        if (text.isEmpty()) {
            return;
        }
        RequestFields told = RequestFields.of("text", text.get());
        told.word("verbosity", List.of("medium"));
        Optional<JsonValue> format = told.optional("format", Kind.OBJECT);
        if (format.isPresent()) {
            RequestFields shape = RequestFields.of("text.format", format.get());
            String type = shape.requiredWord("type", List.of("text", "json_object", "json_schema"));
            if (type.equals("json_schema")) {
                shape.text("name");
                shape.required("schema", Kind.OBJECT);
                shape.optional("strict", Kind.BOOLEAN);
                shape.optionalText("description");
            }
            shape.refuseOthers();
        }
        told.refuseOthers();
    }

    private static void tool(String path, JsonValue value) {
        RequestFields tool = RequestFields.of(path, value);
        String type = tool.text("type");
        if (!type.equals("function")) {
            throw Faults.unsupported(
                    path + ".type",
                    "Tools of type '" + type + "' are not supported: only functions that the caller runs.");
        }
        tool.text("name");
        tool.optionalText("description");
        tool.optional("parameters", Kind.OBJECT);
        tool.optional("strict", Kind.BOOLEAN);
        tool.refuseOthers();
    }

    private static void choice(RequestFields fields) {
        Optional<JsonValue> choice = fields.any("tool_choice");
        if (choice.isEmpty()) {
            return;
        }
        if (choice.get().is(Kind.STRING)) {
            fields.word("tool_choice", CHOICES);
            return;
        }
        RequestFields named = RequestFields.of("tool_choice", choice.get());
        String type = named.text("type");
        if (!type.equals("function")) {
            throw Faults.unsupported("tool_choice.type", "Tools of type '" + type + "' cannot be chosen.");
        }
        named.text("name");
        named.refuseOthers();
    }

    /** Writes what was checked. */
    static void write(JsonGenerator json, JsonValue request) throws IOException {
        raw(json, "max_tokens", request.get("max_output_tokens"));
        raw(json, "temperature", request.get("temperature"));
        raw(json, "top_p", request.get("top_p"));
        boolean logprobs = request.number("top_logprobs") > 0
                || request.items("include").stream()
                        .anyMatch(item -> item.text().equals(LOGPROBS));
        if (logprobs) {
            json.writeBooleanField("logprobs", true);
            raw(json, "top_logprobs", request.get("top_logprobs"));
        }
        raw(json, "parallel_tool_calls", request.get("parallel_tool_calls"));
        raw(json, "user", request.get("user"));
        raw(json, "reasoning_effort", request.get("reasoning").flatMap(reasoning -> reasoning.get("effort")));
        format(json, request);
        List<JsonValue> tools = request.items("tools");
        if (!tools.isEmpty()) {
            json.writeArrayFieldStart("tools");
            for (JsonValue tool : tools) {
                function(json, tool, List.of("name", "description", "parameters", "strict"));
            }
            json.writeEndArray();
        }
        Optional<JsonValue> choice = request.get("tool_choice");
        if (choice.isPresent() && choice.get().is(Kind.STRING)) {
            raw(json, "tool_choice", choice);
        } else if (choice.isPresent()) {
            json.writeFieldName("tool_choice");
            function(json, choice.get(), List.of("name"));
        }
    }

    private static void format(JsonGenerator json, JsonValue request) throws IOException {
        Optional<JsonValue> format = request.get("text").flatMap(text -> text.get("format"));
        if (format.isEmpty()) {
            return;
        }
        String type = format.get().text("type").orElseThrow();
        json.writeObjectFieldStart("response_format");
        json.writeStringField("type", type);
        if (type.equals("json_schema")) {
            json.writeObjectFieldStart("json_schema");
            for (String name : List.of("name", "description", "schema", "strict")) {
                raw(json, name, format.get().get(name));
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void function(JsonGenerator json, JsonValue value, List<String> members) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        for (String name : members) {
            raw(json, name, value.get(name));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void raw(JsonGenerator json, String name, Optional<JsonValue> value) throws IOException {
        if (value.isPresent()) {
            json.writeFieldName(name);
            json.writeRawValue(value.get().json());
        }
    }
}
