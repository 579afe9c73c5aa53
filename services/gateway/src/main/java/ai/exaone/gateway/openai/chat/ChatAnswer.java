package ai.exaone.gateway.openai.chat;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the first choice of a whole chat completion says.
 *
 * @param reasoning thoughts; empty where there are none
 * @param finishReason in OpenAI's words
 * @param stopSequence the caller's text that ended it, where the engine says so
 * @param logprobs of the content's tokens, where they were asked for: items of {@code logprobs.content}
 * @param tokens as the engine counted them
 */
public record ChatAnswer(
        String content,
        String reasoning,
        List<ToolCall> calls,
        String finishReason,
        Optional<String> stopSequence,
        List<JsonValue> logprobs,
        TokenCounts tokens) {
    /** The field of thoughts in messages and deltas. */
    static final String REASONING = "reasoning_content";

    public ChatAnswer {
        calls = List.copyOf(calls);
        logprobs = List.copyOf(logprobs);
    }

    /** Reads one. */
    public static ChatAnswer of(byte[] completion) {
        JsonValue answer = JsonValue.ofObject(completion).orElseGet(() -> JsonValue.of("{}"));
        JsonValue choice = answer.items("choices").stream().findFirst().orElseGet(() -> JsonValue.of("{}"));
        JsonValue message = choice.get("message").orElseGet(() -> JsonValue.of("{}"));
        return new ChatAnswer(
                message.text("content").orElse(""),
                message.text(REASONING).orElse(""),
                calls(message),
                choice.text("finish_reason").orElse("stop"),
                choice.text("stop_reason"),
                choice.get("logprobs")
                        .map(logprobs -> logprobs.items("content"))
                        .orElse(List.of()),
                counts(completion, message));
    }

    static List<ToolCall> calls(JsonValue message) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonValue call : message.items("tool_calls")) {
            calls.add(ToolCall.of(call, calls.size()));
        }
        return calls;
    }

    private static TokenCounts counts(byte[] completion, JsonValue message) {
        return Usage.of(completion)
                .map(counted -> Thoughts.ofMessage(message).in(counted))
                .orElse(TokenCounts.NONE);
    }
}
