package ai.exaone.gateway.openai.chat;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.Usage;
import ai.exaone.gateway.openai.UsageCost;
import java.util.List;
import java.util.Optional;

/**
 * What one event of a streamed chat completion adds to its first choice.
 *
 * @param content empty where it adds none
 * @param reasoning empty where it adds none
 * @param finishReason in the last one
 * @param stopSequence the caller's text that ended it, where the engine says so
 * @param logprobs of the content's tokens, where they were asked for
 * @param tokens in the one that counts
 * @param cost of the call, where the event only counts and says it
 */
public record ChatPart(
        String content,
        String reasoning,
        List<ToolCall> calls,
        Optional<String> finishReason,
        Optional<String> stopSequence,
        List<JsonValue> logprobs,
        Optional<TokenCounts> tokens,
        Optional<String> cost) {
    public ChatPart {
        calls = List.copyOf(calls);
        logprobs = List.copyOf(logprobs);
    }

    /** Reads the JSON of one. */
    public static ChatPart of(byte[] data) {
        JsonValue part = JsonValue.ofObject(data).orElseGet(() -> JsonValue.of("{}"));
        List<JsonValue> choices = part.items("choices");
        JsonValue choice = choices.stream()
                .filter(item -> item.number("index") == 0)
                .findFirst()
                .orElseGet(() -> JsonValue.of("{}"));
        JsonValue delta = choice.get("delta").orElseGet(() -> JsonValue.of("{}"));
        return new ChatPart(
                delta.text("content").orElse(""),
                delta.text(ChatAnswer.REASONING).orElse(""),
                ChatAnswer.calls(delta),
                choice.text("finish_reason"),
                choice.text("stop_reason"),
                choice.get("logprobs")
                        .map(logprobs -> logprobs.items("content"))
                        .orElse(List.of()),
                Usage.of(data),
                choices.isEmpty() ? UsageCost.of(data) : Optional.empty());
    }

    /** How much this adds to thoughts, and how much to the rest, in characters. */
    public Thoughts thoughts() {
        long said = content.length();
        for (ToolCall call : calls) {
            said += call.name().length() + call.arguments().length();
        }
        return new Thoughts(reasoning.length(), said);
    }
}
