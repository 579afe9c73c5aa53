package ai.exaone.gateway.responses;

import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.JsonValue.Kind;
import ai.exaone.gateway.openai.RequestFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A request of {@code POST /v1/responses}.
 *
 * @param body as it was sent
 * @param input the items of this turn, in the one form in which they are kept
 * @param store whether the response is to be kept
 * @param previousId the response that this one goes on from
 */
public record ResponseRequest(
        JsonValue body, List<JsonValue> input, boolean stream, boolean store, Optional<String> previousId) {
    /** OpenAI's fields that ask for what is not offered. */
    private static final List<String> REFUSED =
            List.of("background", "conversation", "prompt", "max_tool_calls", "moderation", "context_management");
    /** Hints that change nothing here. */
    private static final String[] HINTS = {
        "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options", "safety_identifier", "stream_options"
    };

    public ResponseRequest {
        input = List.copyOf(input);
    }

    /**
     * Reads a request.
     *
     * @param ids makes an id with a prefix
     * @throws ai.exaone.errors.PlatformException with an {@link ai.exaone.gateway.openai.OpenAiReason}, naming the parameter at fault
     */
    public static ResponseRequest read(byte[] body, UnaryOperator<String> ids) {
        JsonValue request = JsonValue.ofRequest(body);
        RequestFields fields = RequestFields.of(request);
        for (String name : REFUSED) {
            fields.refuse(name);
        }
        fields.text("model");
        fields.ignore(HINTS);
        fields.word("service_tier", List.of("auto", "default"));
        fields.word("truncation", List.of("disabled"));
        metadata(fields);
        ResponseOptions.check(fields);
        List<JsonValue> input = new InputItems(ids).read(fields);
        ResponseRequest read = new ResponseRequest(
                request,
                input,
                fields.flag("stream", false),
                fields.flag("store", true),
                fields.optionalText("previous_response_id"));
        fields.optionalText("instructions");
        fields.optionalText("user");
        fields.refuseOthers();
        return read;
    }

    /**
     * The chat completion that answers it.
     *
     * @param history items of earlier turns, oldest first
     */
    byte[] chat(List<JsonValue> history) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("model", model());
            json.writeFieldName("messages");
            new ChatMessages(json).write(body.text("instructions"), history, input);
            ResponseOptions.write(json, body);
            if (stream) {
                json.writeBooleanField("stream", true);
                json.writeObjectFieldStart("stream_options");
                json.writeBooleanField("include_usage", true);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    String model() {
        return body.text("model").orElseThrow();
    }

    /** Where values that are no texts are refused: what is kept is given back as it was. */
    private static void metadata(RequestFields fields) {
        Optional<JsonValue> metadata = fields.optional("metadata", Kind.OBJECT);
        if (metadata.isPresent()) {
            RequestFields values = RequestFields.of("metadata", metadata.get());
            Map<String, JsonValue> members = metadata.get().members();
            members.keySet().forEach(values::text);
        }
    }
}
