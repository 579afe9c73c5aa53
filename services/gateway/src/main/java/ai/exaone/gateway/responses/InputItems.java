package ai.exaone.gateway.responses;

import ai.exaone.gateway.openai.Faults;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.JsonValue.Kind;
import ai.exaone.gateway.openai.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads what a request says into items of one form: each with its type and an id, the content of messages in parts. */
final class InputItems {
    private static final List<String> ROLES = List.of("user", "assistant", "system", "developer");
    private static final String INLINE = "data:";

    private final UnaryOperator<String> ids;

    /**
     * @param ids makes an id with a prefix
     */
    InputItems(UnaryOperator<String> ids) {
        this.ids = ids;
    }

    List<JsonValue> read(RequestFields fields) {
        JsonValue input = fields.any("input").orElseThrow(() -> Faults.missing("input"));
        if (input.is(Kind.STRING)) {
            return List.of(message("user", "", textParts("input_text", input.text())));
        }
        List<JsonValue> given = fields.required("input", Kind.ARRAY).items();
        List<JsonValue> items = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            items.add(item("input[" + i + "]", given.get(i)));
        }
        return items;
    }

    private JsonValue item(String path, JsonValue value) {
        RequestFields item = RequestFields.of(path, value);
        String type = item.optionalText("type").orElse("message");
        return switch (type) {
            case "message" -> message(path, item);
            case "function_call" -> functionCall(item);
            case "function_call_output" -> functionResult(path, item);
            case "reasoning" -> reasoning(path, item);
            default -> throw Faults.unsupported(path + ".type", "Items of type '" + type + "' are not supported.");
        };
    }

    private JsonValue message(String path, RequestFields item) {
        String role = item.requiredWord("role", ROLES);
        JsonValue content = item.any("content").orElseThrow(() -> Faults.missing(path + ".content"));
        String textType = role.equals("assistant") ? "output_text" : "input_text";
        List<JsonValue> parts = new ArrayList<>();
        if (content.is(Kind.STRING)) {
            parts.addAll(textParts(textType, content.text()));
        } else {
            List<JsonValue> given = item.required("content", Kind.ARRAY).items();
            for (int i = 0; i < given.size(); i++) {
                parts.add(part(path + ".content[" + i + "]", given.get(i)));
            }
        }
        String id = item.optionalText("id").orElse("");
        item.ignore("status", "phase").refuseOthers();
        return message(role, id, parts);
    }

    private static JsonValue part(String path, JsonValue value) {
        RequestFields part = RequestFields.of(path, value);
        String type = part.text("type");
        switch (type) {
            case "input_text" -> part.text("text");
            case "output_text" -> {
                part.text("text");
                part.ignore("annotations", "logprobs");
            }
            case "refusal" -> part.text("refusal");
            case "input_image" -> {
                part.refuse("file_id");
                if (!part.text("image_url").regionMatches(true, 0, INLINE, 0, INLINE.length())) {
                    throw Faults.value(path + ".image_url", "media must be sent inline, as a data: URL.");
                }
                part.optionalText("detail");
            }
            default -> throw Faults.unsupported(path + ".type", "Parts of type '" + type + "' are not supported.");
        }
        part.refuseOthers();
        return value;
    }

    private JsonValue functionCall(RequestFields item) {
        String callId = item.text("call_id");
        String name = item.text("name");
        String arguments = item.text("arguments");
        String id = item.optionalText("id").orElseGet(() -> ids.apply("fc"));
        item.ignore("status", "namespace", "caller").refuseOthers();
        return object(json -> {
            json.writeStringField("id", id);
            json.writeStringField("type", "function_call");
            json.writeStringField("status", "completed");
            json.writeStringField("call_id", callId);
            json.writeStringField("name", name);
            json.writeStringField("arguments", arguments);
        });
    }

    private JsonValue functionResult(String path, RequestFields item) {
        String callId = item.text("call_id");
        JsonValue output = item.any("output").orElseThrow(() -> Faults.missing(path + ".output"));
        String text =
                output.is(Kind.STRING) ? output.text() : texts(path + ".output", item.items("output"), "input_text");
        String id = item.optionalText("id").orElseGet(() -> ids.apply("fc"));
        item.ignore("status", "caller").refuseOthers();
        return object(json -> {
            json.writeStringField("id", id);
            json.writeStringField("type", "function_call_output");
            json.writeStringField("status", "completed");
            json.writeStringField("call_id", callId);
            json.writeStringField("output", text);
        });
    }

    private JsonValue reasoning(String path, RequestFields item) {
        String thoughts = texts(path + ".content", item.items("content"), "reasoning_text");
        String summary = texts(path + ".summary", item.items("summary"), "summary_text");
        String id = item.optionalText("id").orElseGet(() -> ids.apply("rs"));
        item.ignore("status", "encrypted_content").refuseOthers();
        return object(json -> {
            json.writeStringField("id", id);
            json.writeStringField("type", "reasoning");
            json.writeArrayFieldStart("summary");
            json.writeEndArray();
            json.writeArrayFieldStart("content");
            json.writeStartObject();
            json.writeStringField("type", "reasoning_text");
            json.writeStringField("text", thoughts.isEmpty() ? summary : thoughts);
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    private static String texts(String path, List<JsonValue> parts, String type) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            String at = path + "[" + i + "]";
            RequestFields part = RequestFields.of(at, parts.get(i));
            String found = part.text("type");
            if (!found.equals(type)) {
                throw Faults.unsupported(at + ".type", "Parts of type '" + found + "' are not supported here.");
            }
            text.append(part.text("text"));
        }
        return text.toString();
    }

    private JsonValue message(String role, String givenId, List<JsonValue> parts) {
        String id = givenId.isEmpty() ? ids.apply("msg") : givenId;
        return object(json -> {
            json.writeStringField("id", id);
            json.writeStringField("type", "message");
            json.writeStringField("status", "completed");
            json.writeStringField("role", role);
            json.writeArrayFieldStart("content");
            for (JsonValue part : parts) {
                json.writeRawValue(part.json());
            }
            json.writeEndArray();
        });
    }

    private static List<JsonValue> textParts(String type, String text) {
        return List.of(object(json -> {
            json.writeStringField("type", type);
            json.writeStringField("text", text);
        }));
    }

    private static JsonValue object(Json.Writing members) {
        byte[] written = Json.write(json -> {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        });
        return JsonValue.ofObject(written).orElseThrow();
    }
}
