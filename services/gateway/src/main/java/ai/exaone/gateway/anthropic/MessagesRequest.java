package ai.exaone.gateway.anthropic;

import ai.exaone.gateway.openai.Faults;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.JsonValue.Kind;
import ai.exaone.gateway.openai.RequestFields;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A request of {@code /v1/messages} as a chat completion.
 *
 * @param chat the body of the chat completion
 * @param model the model's name; empty where it is missing, which the chat completion is refused for
 * @param stream whether the answer is to be streamed
 * @param stopSequences texts that end the answer
 */
public record MessagesRequest(byte[] chat, String model, boolean stream, List<String> stopSequences) {
    private static final List<String> TIERS = List.of("auto", "standard_only");
    private static final List<String> THINKING = List.of("enabled", "disabled", "adaptive");

    public MessagesRequest {
        stopSequences = List.copyOf(stopSequences);
    }

    /**
     * Reads a request.
     *
     * @throws ai.exaone.errors.PlatformException with an {@link ai.exaone.gateway.openai.OpenAiReason}, naming the parameter at fault
     */
    public static MessagesRequest read(byte[] body) {
        return read(body, true);
    }

    /** Reads a request to count its tokens, which has no limit of output. */
    public static MessagesRequest readToCount(byte[] body) {
        return read(body, false);
    }

    private static MessagesRequest read(byte[] body, boolean limited) {
        RequestFields fields = RequestFields.of(JsonValue.ofRequest(body));
        String model = fields.text("model");
        boolean stream = fields.flag("stream", false);
        List<String> stops = texts(fields, "stop_sequences");
        byte[] chat = Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeArrayFieldStart("messages");
            system(json, fields);
            new MessageBlocks(json).write(fields);
            json.writeEndArray();
            options(json, fields, limited);
            if (stream) {
                json.writeBooleanField("stream", true);
                json.writeObjectFieldStart("stream_options");
                json.writeBooleanField("include_usage", true);
                json.writeEndObject();
            }
            list(json, "stop", stops);
            ToolFields.write(json, fields);
            thinking(json, fields);
            format(json, fields);
            json.writeEndObject();
        });
        fields.word("service_tier", TIERS);
        // What is said twice is kept by the engine's own cache of prompts: there is nothing to mark.
        fields.ignore("cache_control").refuseOthers();
        return new MessagesRequest(chat, model, stream, stops);
    }

    private static void system(JsonGenerator json, RequestFields fields) throws IOException {
        Optional<JsonValue> system = fields.any("system");
        if (system.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("role", "system");
        if (system.get().is(Kind.STRING)) {
            json.writeStringField("content", system.get().text());
        } else {
            json.writeStringField("content", MessageBlocks.joined("system", fields.items("system"), "\n\n"));
        }
        json.writeEndObject();
    }

    private static void options(JsonGenerator json, RequestFields fields, boolean limited) throws IOException {
        Optional<JsonValue> most = limited
                ? Optional.of(fields.required("max_tokens", Kind.NUMBER))
                : fields.optional("max_tokens", Kind.NUMBER);
        if (most.isPresent()) {
            raw(json, "max_tokens", most.get());
        }
        for (String name : List.of("temperature", "top_p", "top_k")) {
            Optional<JsonValue> value = fields.optional(name, Kind.NUMBER);
            if (value.isPresent()) {
                raw(json, name, value.get());
            }
        }
        Optional<JsonValue> metadata = fields.optional("metadata", Kind.OBJECT);
        if (metadata.isPresent()) {
            RequestFields about = RequestFields.of("metadata", metadata.get());
            Optional<String> user = about.optionalText("user_id");
            if (user.isPresent()) {
                json.writeStringField("user", user.get());
            }
            about.refuseOthers();
        }
    }

    /** Engines know whether to think, and not for how long: a budget of thoughts is within {@code max_tokens}. */
    private static void thinking(JsonGenerator json, RequestFields fields) throws IOException {
        Optional<JsonValue> thinking = fields.optional("thinking", Kind.OBJECT);
        if (thinking.isEmpty()) {
            return;
        }
        RequestFields told = RequestFields.of("thinking", thinking.get());
        String type = told.requiredWord("type", THINKING);
        told.optional("budget_tokens", Kind.NUMBER);
        told.optionalText("display");
        told.refuseOthers();
        if (type.equals("enabled")) {
            json.writeStringField("reasoning_effort", "medium");
        } else if (type.equals("disabled")) {
            json.writeStringField("reasoning_effort", "none");
        }
    }

    private static void format(JsonGenerator json, RequestFields fields) throws IOException {
        Optional<JsonValue> format = fields.optional("output_format", Kind.OBJECT);
        String path = "output_format";
        Optional<JsonValue> config = fields.optional("output_config", Kind.OBJECT);
        if (config.isPresent()) {
            RequestFields output = RequestFields.of("output_config", config.get());
            format = output.optional("format", Kind.OBJECT).or(() -> fields.optional("output_format", Kind.OBJECT));
            path = "output_config.format";
            output.refuseOthers();
        }
        if (format.isEmpty()) {
            return;
        }
        RequestFields schema = RequestFields.of(path, format.get());
        schema.word("type", List.of("json_schema"));
        json.writeObjectFieldStart("response_format");
        json.writeStringField("type", "json_schema");
        json.writeObjectFieldStart("json_schema");
        json.writeStringField("name", "answer");
        json.writeBooleanField("strict", true);
        raw(json, "schema", schema.required("schema", Kind.OBJECT));
        json.writeEndObject();
        json.writeEndObject();
        schema.refuseOthers();
    }

    private static List<String> texts(RequestFields fields, String name) {
        return fields.items(name).stream()
                .map(item -> {
                    if (!item.is(Kind.STRING)) {
                        throw Faults.value(fields.path(name), "expected strings.");
                    }
                    return item.text();
                })
                .toList();
    }

    private static void list(JsonGenerator json, String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
    }

    static void raw(JsonGenerator json, String name, JsonValue value) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(value.json());
    }
}
