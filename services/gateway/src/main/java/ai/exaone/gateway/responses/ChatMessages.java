package ai.exaone.gateway.responses;

import ai.exaone.gateway.openai.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes items of a conversation, in the form in which they are kept, as messages of a chat. For one use. */
final class ChatMessages {
    private static final Set<String> INSTRUCTING = Set.of("system", "developer");

    private final JsonGenerator json;
    private final StringBuilder said = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final List<JsonValue> calls = new ArrayList<>();

    ChatMessages(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes the array of messages. What instructs at the beginning becomes one message: templates know one, in the first place.
     *
     * @param instructions of this turn alone
     */
    void write(Optional<String> instructions, List<JsonValue> history, List<JsonValue> input) throws IOException {
        List<JsonValue> items = new ArrayList<>(history);
        items.addAll(input);
        List<String> leading = new ArrayList<>(instructions.stream().toList());
        int first = 0;
        while (first < items.size() && instructs(items.get(first))) {
            leading.add(text(items.get(first)));
            first++;
        }
        json.writeStartArray();
        if (!leading.isEmpty()) {
            message("system", String.join("\n\n", leading));
        }
        for (JsonValue item : items.subList(first, items.size())) {
            item(item);
        }
        flush();
        json.writeEndArray();
    }

    private void item(JsonValue item) throws IOException {
        switch (item.text("type").orElse("message")) {
            case "reasoning" -> {
                if (!said.isEmpty() || !calls.isEmpty()) {
                    flush();
                }
                for (JsonValue part : item.items("content")) {
                    thought.append(part.text("text").orElse(""));
                }
            }
            case "function_call" -> calls.add(item);
            case "function_call_output" -> {
                flush();
                json.writeStartObject();
                json.writeStringField("role", "tool");
                json.writeStringField("tool_call_id", item.text("call_id").orElse(""));
                json.writeStringField("content", item.text("output").orElse(""));
                json.writeEndObject();
            }
            default -> message(item);
        }
    }

    private void message(JsonValue item) throws IOException {
        String role = item.text("role").orElse("user");
        if (role.equals("assistant")) {
            if (!calls.isEmpty()) {
                flush();
            }
            said.append(text(item));
            return;
        }
        flush();
        List<JsonValue> parts = item.items("content");
        boolean plain = parts.stream().allMatch(part -> part.get("image_url").isEmpty());
        if (plain) {
            message(INSTRUCTING.contains(role) ? "system" : role, text(item));
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeArrayFieldStart("content");
        for (JsonValue part : parts) {
            part(part);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void part(JsonValue part) throws IOException {
        json.writeStartObject();
        Optional<JsonValue> image = part.get("image_url");
        if (image.isPresent()) {
            json.writeStringField("type", "image_url");
            json.writeObjectFieldStart("image_url");
            json.writeFieldName("url");
            json.writeRawValue(image.get().json());
            Optional<JsonValue> detail = part.get("detail");
            if (detail.isPresent()) {
                json.writeFieldName("detail");
                json.writeRawValue(detail.get().json());
            }
            json.writeEndObject();
        } else {
            json.writeStringField("type", "text");
            json.writeStringField("text", text("", part));
        }
        json.writeEndObject();
    }

    /** What the model said, thought and called in one go is one message. */
    private void flush() throws IOException {
        if (said.isEmpty() && thought.isEmpty() && calls.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", "assistant");
        if (said.isEmpty() && !calls.isEmpty()) {
            json.writeNullField("content");
        } else {
            json.writeStringField("content", said.toString());
        }
        if (!thought.isEmpty()) {
            json.writeStringField("reasoning_content", thought.toString());
        }
        if (!calls.isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (JsonValue call : calls) {
                call(call);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        said.setLength(0);
        thought.setLength(0);
        calls.clear();
    }

    private void call(JsonValue call) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", call.text("call_id").orElse(""));
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", call.text("name").orElse(""));
        json.writeStringField("arguments", call.text("arguments").orElse(""));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void message(String role, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeStringField("content", text);
        json.writeEndObject();
    }

    private static boolean instructs(JsonValue item) {
        return item.text("type").filter("message"::equals).isPresent()
                && item.text("role").filter(INSTRUCTING::contains).isPresent();
    }

    private static String text(JsonValue message) {
        String text = "";
        for (JsonValue part : message.items("content")) {
            text = text(text, part);
        }
        return text;
    }

    private static String text(String before, JsonValue part) {
        return before + part.text("text").or(() -> part.text("refusal")).orElse("");
    }
}
