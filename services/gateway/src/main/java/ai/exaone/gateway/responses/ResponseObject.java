package ai.exaone.gateway.responses;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.UsageCost;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a response as it stands at some moment, with what was asked for. */
final class ResponseObject {
    /** What the answer says of fields that the caller left out. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "parallel_tool_calls", "true",
            "tool_choice", "\"auto\"",
            "tools", "[]",
            "text", "{\"format\":{\"type\":\"text\"}}",
            "reasoning", "{\"effort\":null,\"summary\":null}",
            "metadata", "{}",
            "top_logprobs", "0");

    private static final List<String> ECHOED = List.of(
            "instructions",
            "max_output_tokens",
            "metadata",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt_cache_key",
            "reasoning",
            "safety_identifier",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "user");

    private final ResponseRequest request;
    private final String id;
    private final long createdSeconds;

    ResponseObject(ResponseRequest request, String id, long createdSeconds) {
        this.request = request;
        this.id = id;
        this.createdSeconds = createdSeconds;
    }

    /**
     * How far it has come.
     *
     * @param incomplete why it is not complete, in OpenAI's words
     * @param items what the model said so far
     * @param cost of the call, where it is said among the tokens
     */
    record Progress(
            String status,
            List<byte[]> items,
            Optional<TokenCounts> tokens,
            Optional<String> cost,
            Optional<String> incomplete,
            Optional<OpenAiError> failure) {
        static final Progress BEGUN = new Progress(
                "in_progress", List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    void write(JsonGenerator json, Progress progress, boolean stored) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", "response");
        json.writeNumberField("created_at", createdSeconds);
        json.writeStringField("status", progress.status());
        json.writeBooleanField("background", false);
        error(json, progress.failure());
        json.writeFieldName("incomplete_details");
        if (progress.incomplete().isPresent()) {
            json.writeStartObject();
            json.writeStringField("reason", progress.incomplete().get());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeStringField("model", request.model());
        json.writeArrayFieldStart("output");
        for (byte[] item : progress.items()) {
            json.writeRawValue(new String(item, StandardCharsets.UTF_8));
        }
        json.writeEndArray();
        for (String name : ECHOED) {
            json.writeFieldName(name);
            json.writeRawValue(
                    request.body().get(name).map(JsonValue::json).orElse(DEFAULTS.getOrDefault(name, "null")));
        }
        json.writeNullField("max_tool_calls");
        json.writeStringField("service_tier", "default");
        json.writeBooleanField("store", stored);
        json.writeStringField("truncation", "disabled");
        json.writeFieldName("usage");
        if (progress.tokens().isPresent()) {
            usage(json, progress.tokens().get(), progress.cost());
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private static void error(JsonGenerator json, Optional<OpenAiError> failure) throws IOException {
        json.writeFieldName("error");
        if (failure.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("code", failure.get().code());
        json.writeStringField("message", failure.get().message());
        json.writeEndObject();
    }

    private static void usage(JsonGenerator json, TokenCounts tokens, Optional<String> cost) throws IOException {
        json.writeStartObject();
        json.writeNumberField("input_tokens", tokens.input());
        json.writeObjectFieldStart("input_tokens_details");
        json.writeNumberField("cached_tokens", tokens.cachedInput());
        json.writeEndObject();
        json.writeNumberField("output_tokens", tokens.output());
        json.writeObjectFieldStart("output_tokens_details");
        json.writeNumberField("reasoning_tokens", tokens.reasoning());
        json.writeEndObject();
        json.writeNumberField("total_tokens", tokens.input() + tokens.output());
        if (cost.isPresent()) {
            json.writeStringField(UsageCost.NAME, cost.get());
        }
        json.writeEndObject();
    }
}
