package ai.exaone.gateway.anthropic;

import ai.exaone.gateway.openai.Faults;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.JsonValue.Kind;
import ai.exaone.gateway.openai.RequestFields;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the messages of a request, and the blocks in them, as those of a chat completion. */
final class MessageBlocks {
    private static final Set<String> INLINE_IMAGES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private final JsonGenerator json;

    MessageBlocks(JsonGenerator json) {
        this.json = json;
    }

    void write(RequestFields fields) throws IOException {
        List<JsonValue> messages = fields.required("messages", Kind.ARRAY).items();
        for (int i = 0; i < messages.size(); i++) {
            String path = "messages[" + i + "]";
            RequestFields message = RequestFields.of(path, messages.get(i));
            String role = message.requiredWord("role", List.of("user", "assistant"));
            JsonValue content = message.any("content").orElseThrow(() -> Faults.missing(path + ".content"));
            if (content.is(Kind.STRING)) {
                said(role, content.text());
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
        List<JsonValue> parts = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String at = path + "[" + i + "]";
            RequestFields block = RequestFields.of(at, blocks.get(i));
            String type = block.text("type");
            switch (type) {
                case "text" -> parts.add(textPart(text(block)));
                case "image" -> parts.add(image(at, block));
                case "document" -> parts.add(document(at, block));
                case "tool_result" -> parts.addAll(toolResult(at, block));
                default -> throw unsupported(at, type);
            }
        }
        if (parts.size() == 1 && parts.getFirst().text("text").isPresent()) {
            said("user", parts.getFirst().text("text").orElseThrow());
        } else if (!parts.isEmpty()) {
            json.writeStartObject();
            json.writeStringField("role", "user");
            json.writeArrayFieldStart("content");
            for (JsonValue part : parts) {
                json.writeRawValue(part.json());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void assistant(String path, List<JsonValue> blocks) throws IOException {
        StringBuilder said = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        List<RequestFields> calls = new ArrayList<>();
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
                case "tool_use" -> calls.add(block);
                default -> throw unsupported(at, type);
            }
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
            for (RequestFields call : calls) {
                toolUse(call);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void toolUse(RequestFields block) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", block.text("id"));
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", block.text("name"));
        json.writeStringField("arguments", block.required("input", Kind.OBJECT).json());
        json.writeEndObject();
        json.writeEndObject();
        block.ignore("cache_control", "caller").refuseOthers();
    }

    /** Writes a result; gives back its images, which only the user's message can hold. */
    private List<JsonValue> toolResult(String path, RequestFields block) throws IOException {
        StringBuilder text = new StringBuilder(block.flag("is_error", false) ? "Error: " : "");
        List<JsonValue> images = new ArrayList<>();
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
                    case "document" ->
                        text.append(document(at, part).text("text").orElseThrow());
                    default -> throw unsupported(at, type);
                }
            }
        }
        json.writeStartObject();
        json.writeStringField("role", "tool");
        json.writeStringField("tool_call_id", block.text("tool_use_id"));
        json.writeStringField("content", text.toString());
        json.writeEndObject();
        block.ignore("cache_control").refuseOthers();
        return images;
    }

    private static JsonValue image(String path, RequestFields block) {
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
        return part(json -> {
            json.writeStringField("type", "image_url");
            json.writeObjectFieldStart("image_url");
            json.writeStringField("url", "data:" + mediaType + ";base64," + data);
            json.writeEndObject();
        });
    }

    /** Of documents only those that are text: engines read no files. */
    private static JsonValue document(String path, RequestFields block) {
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
        return textPart(title + text);
    }

    private static String text(RequestFields block) {
        String text = block.text("text");
        block.ignore("type", "cache_control", "citations").refuseOthers();
        return text;
    }

    private void said(String role, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeStringField("content", text);
        json.writeEndObject();
    }

    private static JsonValue textPart(String text) {
        return part(json -> {
            json.writeStringField("type", "text");
            json.writeStringField("text", text);
        });
    }

    private static JsonValue part(Json.Writing members) {
        byte[] written = Json.write(json -> {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        });
        return JsonValue.ofObject(written).orElseThrow();
    }

    private static RuntimeException unsupported(String path, String type) {
        return Faults.unsupported(path + ".type", "Blocks of type '" + type + "' are not supported here.");
    }
}
