package ai.exaone.gateway.responses;

import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.chat.MessagePart;
import ai.exaone.gateway.openai.chat.MessageWriter;
import ai.exaone.gateway.openai.chat.ToolCall;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes items of a conversation, in the form in which they are kept, as messages of a chat. For one use. */
final class ChatMessages {
    private static final Set<String> INSTRUCTING = Set.of("system", "developer");

    private final JsonGenerator json;
    private final MessageWriter messages;
    private final StringBuilder said = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();

    ChatMessages(JsonGenerator json) {
        this.json = json;
        this.messages = new MessageWriter(json);
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
            messages.text("system", String.join("\n\n", leading));
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
                thought.append(text(item));
            }
            case "function_call" ->
                calls.add(new ToolCall(
                        calls.size(),
                        item.text("call_id").orElse(""),
                        item.text("name").orElse(""),
                        item.text("arguments").orElse("")));
            case "function_call_output" -> {
                flush();
                messages.toolResult(
                        item.text("call_id").orElse(""), item.text("output").orElse(""));
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
        String speaker = INSTRUCTING.contains(role) ? "system" : role;
        List<JsonValue> parts = item.items("content");
        if (parts.stream().anyMatch(part -> part.get("image_url").isPresent())) {
            messages.parts(speaker, parts.stream().map(ChatMessages::part).toList());
        } else {
            messages.text(speaker, text(item));
        }
    }

    private static MessagePart part(JsonValue part) {
        return part.text("image_url")
                .<MessagePart>map(url -> new MessagePart.Image(url, part.text("detail")))
                .orElseGet(() -> new MessagePart.Text(textOf(part)));
    }

    /** What the model said, thought and called in one go is one message. */
    private void flush() throws IOException {
        if (said.isEmpty() && thought.isEmpty() && calls.isEmpty()) {
            return;
        }
        messages.assistant(said.toString(), thought.toString(), calls);
        said.setLength(0);
        thought.setLength(0);
        calls.clear();
    }

    private static boolean instructs(JsonValue item) {
        return item.text("type").filter("message"::equals).isPresent()
                && item.text("role").filter(INSTRUCTING::contains).isPresent();
    }

    private static String text(JsonValue message) {
        return message.items("content").stream().map(ChatMessages::textOf).collect(Collectors.joining());
    }

    private static String textOf(JsonValue part) {
        return part.text("text").or(() -> part.text("refusal")).orElse("");
    }
}
