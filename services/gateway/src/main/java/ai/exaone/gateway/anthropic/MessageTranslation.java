package ai.exaone.gateway.anthropic;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.OpenAiError;
import ai.exaone.gateway.openai.UsageCost;
import ai.exaone.gateway.openai.chat.AnswerTranslation;
import ai.exaone.gateway.openai.chat.ChatAnswer;
import ai.exaone.gateway.openai.chat.ChatPart;
import ai.exaone.gateway.openai.chat.ToolCall;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Says the answer to a chat completion as a message, whole or streamed. For one thread. */
public final class MessageTranslation implements AnswerTranslation {
    private final String messageId;
    private final String model;
    private final List<String> stopSequences;
    private final String requestId;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final OpenBlock block = new OpenBlock(this::event);
    private String finishReason = "stop";
    private Optional<String> stopSequence = Optional.empty();
    private TokenCounts tokens = TokenCounts.NONE;
    private Optional<String> cost = Optional.empty();

    /**
     * @param messageId {@code msg_…}
     * @param requestId told with a failure
     */
    public MessageTranslation(String messageId, MessagesRequest request, String requestId) {
        this.messageId = messageId;
        this.model = request.model();
        this.stopSequences = request.stopSequences();
        this.requestId = requestId;
    }

    @Override
    public byte[] whole(byte[] completion) {
        ChatAnswer answer = ChatAnswer.of(completion);
        finishReason = answer.finishReason();
        stopSequence = answer.stopSequence();
        tokens = answer.tokens();
        return Json.write(json -> {
            head(json);
            json.writeArrayFieldStart("content");
            content(json, answer);
            json.writeEndArray();
            stop(json);
            json.writeObjectFieldStart("usage");
            usage(json);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    @Override
    public byte[] begin() {
        event("message_start", json -> {
            json.writeFieldName("message");
            head(json);
            json.writeArrayFieldStart("content");
            json.writeEndArray();
            json.writeNullField("stop_reason");
            json.writeNullField("stop_sequence");
            json.writeObjectFieldStart("usage");
            usage(json);
            json.writeEndObject();
            json.writeEndObject();
        });
        event("ping", json -> {});
        return taken();
    }

    @Override
    public byte[] part(byte[] data) {
        ChatPart part = ChatPart.of(data);
        block.thought(part.reasoning());
        block.said(part.content());
        part.calls().forEach(block::called);
        part.finishReason().ifPresent(reason -> finishReason = reason);
        part.stopSequence().ifPresent(text -> stopSequence = Optional.of(text));
        part.tokens().ifPresent(counted -> tokens = counted);
        cost = part.cost().or(() -> cost);
        return taken();
    }

    @Override
    public byte[] keepAlive() {
        event("ping", json -> {});
        return taken();
    }

    @Override
    public byte[] end() {
        block.close();
        event("message_delta", json -> {
            json.writeObjectFieldStart("delta");
            stop(json);
            json.writeEndObject();
            json.writeObjectFieldStart("usage");
            usage(json);
            json.writeEndObject();
        });
        event("message_stop", json -> {});
        return taken();
    }

    @Override
    public byte[] failure(OpenAiError error) {
        byte[] body = AnthropicError.of(error, requestId).body();
        out.writeBytes("event: error\ndata: ".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return taken();
    }

    private void head(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", messageId);
        json.writeStringField("type", "message");
        json.writeStringField("role", "assistant");
        json.writeStringField("model", model);
    }

    private static void content(JsonGenerator json, ChatAnswer answer) throws IOException {
        if (!answer.reasoning().isEmpty()) {
            json.writeStartObject();
            json.writeStringField("type", "thinking");
            json.writeStringField("thinking", answer.reasoning());
            json.writeStringField("signature", "");
            json.writeEndObject();
        }
        if (!answer.content().isEmpty()) {
            json.writeStartObject();
            json.writeStringField("type", "text");
            json.writeStringField("text", answer.content());
            json.writeEndObject();
        }
        for (ToolCall call : answer.calls()) {
            json.writeStartObject();
            json.writeStringField("type", "tool_use");
            json.writeStringField("id", call.id());
            json.writeStringField("name", call.name());
            json.writeFieldName("input");
            input(json, call.arguments());
            json.writeEndObject();
        }
    }

    /** A model may write arguments that are no object; what it wrote is not lost then. */
    private static void input(JsonGenerator json, String arguments) throws IOException {
        Optional<JsonValue> object = JsonValue.ofObject(arguments.strip().getBytes(StandardCharsets.UTF_8));
        if (object.isPresent()) {
            json.writeRawValue(object.get().json());
            return;
        }
        json.writeStartObject();
        if (!arguments.isBlank()) {
            json.writeStringField("arguments", arguments);
        }
        json.writeEndObject();
    }

    private void stop(JsonGenerator json) throws IOException {
        Optional<String> matched = stopSequence.filter(stopSequences::contains);
        String reason = switch (finishReason) {
            case "length" -> "max_tokens";
            case "tool_calls", "function_call" -> "tool_use";
            case "content_filter" -> "refusal";
            default -> matched.isPresent() ? "stop_sequence" : "end_turn";
        };
        json.writeStringField("stop_reason", reason);
        json.writeStringField("stop_sequence", matched.orElse(null));
    }

    private void usage(JsonGenerator json) throws IOException {
        json.writeNumberField("input_tokens", Math.max(0, tokens.input() - tokens.cachedInput()));
        json.writeNumberField("cache_creation_input_tokens", 0);
        json.writeNumberField("cache_read_input_tokens", tokens.cachedInput());
        json.writeNumberField("output_tokens", tokens.output());
        if (cost.isPresent()) {
            json.writeStringField(UsageCost.NAME, cost.get());
        }
    }

    private void event(String type, Json.Writing members) {
        out.writeBytes(("event: " + type + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            members.write(json);
            json.writeEndObject();
        }));
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] taken() {
        byte[] events = out.toByteArray();
        out.reset();
        return events;
    }
}
