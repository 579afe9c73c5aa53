package ai.exaone.gateway.openai.tools;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonArray;
import ai.exaone.gateway.openai.JsonMembers;
import ai.exaone.gateway.openai.JsonText;
import ai.exaone.gateway.openai.Span;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a conversation so that an engine without tools understands it: calls and their results become text, and the system's
 * message says what tools there are. All other messages stay as the caller wrote them.
 */
final class ToolMessages {
    private static final List<String> SYSTEM_ROLES = List.of("system", "developer");

    private final byte[] body;
    private final Span messages;
    /** Call id → the tool's name. */
    private final Map<String, String> called = new HashMap<>();

    ToolMessages(byte[] body, Span messages) {
        this.body = body;
        this.messages = messages;
    }

    /**
     * The conversation as a JSON array.
     *
     * @param instructions what the model is told about the tools; empty for nothing
     */
    byte[] write(String instructions) {
        return Json.write(json -> {
            json.writeStartArray();
            boolean instructed = instructions.isEmpty();
            StringBuilder results = new StringBuilder();
            for (Span message : JsonArray.items(body, messages)) {
                JsonMembers members = JsonMembers.of(body, message).orElseThrow();
                String role = text(members, "role").orElse("");
                if (!instructed) {
                    instructed = true;
                    if (SYSTEM_ROLES.contains(role)) {
                        message(json, role, content(members) + "\n\n" + instructions);
                        continue;
                    }
                    message(json, "system", instructions);
                }
                if (role.equals("tool")) {
                    results.append(result(members));
                    continue;
                }
                flush(json, results);
                write(json, role, message, members);
            }
            flush(json, results);
            json.writeEndArray();
        });
    }

    private void write(JsonGenerator json, String role, Span message, JsonMembers members) throws IOException {
        Optional<Span> calls = members.present(body, "tool_calls");
        if (role.equals("assistant") && calls.isPresent()) {
            message(json, role, content(members) + calls(calls.get()));
        } else {
            json.writeRawValue(message.text(body));
        }
    }

    /** The calls in the form in which the model itself makes them. */
    private String calls(Span span) {
        byte[] text = Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(ToolSchema.CALLS);
            for (Span item : JsonArray.items(body, span)) {
                call(json, JsonMembers.of(body, item).orElseThrow());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return new String(text, StandardCharsets.UTF_8);
    }

    private void call(JsonGenerator json, JsonMembers call) throws IOException {
        Optional<JsonMembers> function = call.present(body, "function").flatMap(span -> JsonMembers.of(body, span));
        String name = function.flatMap(members -> text(members, "name")).orElse("");
        String arguments =
                function.flatMap(members -> text(members, "arguments")).orElse("{}");
        text(call, "id").ifPresent(id -> called.put(id, name));
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeFieldName("arguments");
        if (JsonMembers.of(arguments.getBytes(StandardCharsets.UTF_8)).isPresent()) {
            json.writeRawValue(arguments);
        } else {
            json.writeString(arguments);
        }
        json.writeEndObject();
    }

    private String result(JsonMembers members) {
        String tool = text(members, "tool_call_id").map(called::get).orElse("the tool");
        return "Result of " + tool + ": " + content(members) + "\n";
    }

    private static void flush(JsonGenerator json, StringBuilder results) throws IOException {
        if (!results.isEmpty()) {
            message(json, "user", results.toString().strip());
            results.setLength(0);
        }
    }

    private static void message(JsonGenerator json, String role, String content) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeStringField("content", content);
        json.writeEndObject();
    }

    /** The text of a message, whether it is one string or several parts. */
    private String content(JsonMembers message) {
        Optional<Span> content = message.present(body, "content");
        if (content.isEmpty()) {
            return "";
        }
        if (body[content.get().start()] == '"') {
            return JsonText.of(body, content.get());
        }
        StringBuilder parts = new StringBuilder();
        for (Span part : JsonArray.items(body, content.get())) {
            JsonMembers.of(body, part).flatMap(members -> text(members, "text")).ifPresent(parts::append);
        }
        return parts.toString();
    }

    private Optional<String> text(JsonMembers members, String name) {
        return members.present(body, name)
                .filter(span -> body[span.start()] == '"')
                .map(span -> JsonText.of(body, span));
    }
}
