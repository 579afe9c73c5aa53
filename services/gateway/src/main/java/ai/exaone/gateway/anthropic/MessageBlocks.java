package ai.exaone.gateway.anthropic;

import ai.exaone.gateway.openai.Faults;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.JsonValue.Kind;
import ai.exaone.gateway.openai.RequestFields;
import ai.exaone.gateway.openai.chat.MessagePart;
import ai.exaone.gateway.openai.chat.MessageWriter;
import ai.exaone.gateway.openai.chat.ToolCall;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the messages of a request, and the blocks in them, as those of a chat completion. */
final class MessageBlocks {
    private static final Set<String> INLINE_IMAGES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private final MessageWriter messages;

    MessageBlocks(JsonGenerator json) {
        this.messages = new MessageWriter(json);
    }

    void write(RequestFields fields) throws IOException {
        List<JsonValue> given = fields.required("messages", Kind.ARRAY).items();
        for (int i = 0; i < given.size(); i++) {
            String path = "messages[" + i + "]";
            RequestFields message = RequestFields.of(path, given.get(i));
            String role = message.requiredWord("role", List.of("user", "assistant"));
            JsonValue content = message.any("content").orElseThrow(() -> Faults.missing(path + ".content"));
            if (content.is(Kind.STRING)) {
                messages.text(role, content.text());
            } else if (role.equals("user")) {
                user(path + ".content", message.items("content"));
            } else {
                assistant(path + ".content", message.items("content"));
            }
            message.refuseOthers();
        }
    }

    /** The text of blocks that are all text. */
    static String joined(String path, List<JsonValue> blocks, String between) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String at = path + "[" + i + "]";
            RequestFields block = RequestFields.of(at, blocks.get(i));
            block.requiredWord("type", List.of("text"));
            texts.add(text(block));
        }
        return String.join(between, texts);
    }

    /** Results of tools are messages of their own, before what the user says with them. */
    private void user(String path, List<JsonValue> blocks) throws IOException {
        List<MessagePart> parts = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String at = path + "[" + i + "]";
            RequestFields block = RequestFields.of(at, blocks.get(i));
            String type = block.text("type");
            switch (type) {
                case "text" -> parts.add(new MessagePart.Text(text(block)));
                case "image" -> parts.add(image(at, block));
                case "document" -> parts.add(document(at, block));
                case "tool_result" -> parts.addAll(toolResult(at, block));
                default -> throw unsupported(at, type);
            }
        }
        messages.parts("user", parts);
    }

    private void assistant(String path, List<JsonValue> blocks) throws IOException {
        StringBuilder said = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String at = path + "[" + i + "]";
            RequestFields block = RequestFields.of(at, blocks.get(i));
            String type = block.text("type");
            switch (type) {
                case "text" -> said.append(text(block));
                case "thinking" -> {
                    thought.append(block.text("thinking"));
                    block.ignore("signature").refuseOthers();
                }
                case "tool_use" -> calls.add(toolUse(calls.size(), block));
                default -> throw unsupported(at, type);
            }
        }
        messages.assistant(said.toString(), thought.toString(), calls);
    }

    private static ToolCall toolUse(int index, RequestFields block) {
        ToolCall call = new ToolCall(
                index,
                block.text("id"),
                block.text("name"),
                block.required("input", Kind.OBJECT).json());
        block.ignore("type", "cache_control", "caller").refuseOthers();
        return call;
    }

    /** Writes a result; gives back its images, which only the user's message can hold. */
    private List<MessagePart> toolResult(String path, RequestFields block) throws IOException {
        StringBuilder text = new StringBuilder(block.flag("is_error", false) ? "Error: " : "");
        List<MessagePart> images = new ArrayList<>();
        JsonValue content = block.any("content").orElseGet(() -> JsonValue.of("\"\""));
        if (content.is(Kind.STRING)) {
            text.append(content.text());
        } else {
            List<JsonValue> parts = block.items("content");
            for (int i = 0; i < parts.size(); i++) {
                String at = path + ".content[" + i + "]";
                RequestFields part = RequestFields.of(at, parts.get(i));
                String type = part.text("type");
                switch (type) {
                    case "text" -> text.append(text(part));
                    case "image" -> images.add(image(at, part));
                    case "document" -> text.append(document(at, part).text());
                    default -> throw unsupported(at, type);
                }
            }
        }
        messages.toolResult(block.text("tool_use_id"), text.toString());
        block.ignore("cache_control").refuseOthers();
        return images;
    }

    private static MessagePart.Image image(String path, RequestFields block) {
        RequestFields source = RequestFields.of(path + ".source", block.required("source", Kind.OBJECT));
        if (!source.text("type").equals("base64")) {
            throw Faults.value(path + ".source.type", "media must be sent inline, as base64.");
        }
        String mediaType = source.text("media_type");
        if (!INLINE_IMAGES.contains(mediaType)) {
            throw Faults.value(path + ".source.media_type", "expected image/jpeg, image/png, image/gif or image/webp.");
        }
        String data = source.text("data");
        source.refuseOthers();
        block.ignore("cache_control").refuseOthers();
        return new MessagePart.Image("data:" + mediaType + ";base64," + data, Optional.empty());
    }

    /** Of documents only those that are text: engines read no files. */
    private static MessagePart.Text document(String path, RequestFields block) {
        RequestFields source = RequestFields.of(path + ".source", block.required("source", Kind.OBJECT));
        if (!source.text("type").equals("text")) {
            throw Faults.value(path + ".source.type", "only documents of plain text are read.");
        }
        String text = source.text("data");
        source.ignore("media_type").refuseOthers();
        String title = block.optionalText("title").map(name -> name + "\n\n").orElse("");
        block.ignore("cache_control");
        block.refuse("citations");
        block.refuseOthers();
        return new MessagePart.Text(title + text);
    }

    private static String text(RequestFields block) {
        String text = block.text("text");
        block.ignore("type", "cache_control", "citations").refuseOthers();
        return text;
    }

    private static RuntimeException unsupported(String path, String type) {
        return Faults.unsupported(path + ".type", "Blocks of type '" + type + "' are not supported here.");
    }
}
