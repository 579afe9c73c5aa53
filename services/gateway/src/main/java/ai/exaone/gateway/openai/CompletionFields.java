package ai.exaone.gateway.openai;

import java.util.Map;

/** The known fields of a text completion. */
final class CompletionFields {
    private static final int MOST_CHOICES = 16;
    private static final long MOST_TOKENS = 1_000_000_000;
    private static final int MOST_LOGPROBS = 20;

    static final Map<String, FieldRule> RULES = Map.ofEntries(
            Map.entry("prompt", EmbeddingFields::texts),
            Map.entry("stream", FieldRule.bool().orNull()),
            Map.entry("stream_options", FieldRule.object().orNull()),
            // None at all serves to have the prompt's own probabilities.
            Map.entry("max_tokens", FieldRule.integer(0, MOST_TOKENS).orNull()),
            Map.entry("n", FieldRule.integer(1, MOST_CHOICES).orNull()),
            Map.entry("best_of", FieldRule.integer(1, MOST_CHOICES).orNull()),
            Map.entry("echo", FieldRule.bool().orNull()),
            Map.entry("logprobs", FieldRule.integer(0, MOST_LOGPROBS).orNull()),
            Map.entry("suffix", FieldRule.text().orNull()),
            Map.entry("temperature", FieldRule.number(0, 2).orNull()),
            Map.entry("top_p", FieldRule.number(0, 1).orNull()),
            Map.entry("frequency_penalty", FieldRule.number(-2, 2).orNull()),
            Map.entry("presence_penalty", FieldRule.number(-2, 2).orNull()),
            Map.entry("logit_bias", FieldRule.object().orNull()),
            Map.entry("seed", FieldRule.integer(Long.MIN_VALUE, Long.MAX_VALUE).orNull()),
            Map.entry("stop", ChatFields.stop().orNull()),
            Map.entry("user", FieldRule.text().orNull()));

    private CompletionFields() {}

    /** How many prompts a checked request has: a list of numbers is the tokens of one. */
    static int prompts(byte[] body, JsonMembers members) {
        return members.value("prompt")
                .filter(prompt -> body[prompt.start()] == '[')
                .map(prompt -> JsonArray.items(body, prompt))
                .filter(items -> body[items.getFirst().start()] == '"'
                        || body[items.getFirst().start()] == '[')
                .map(items -> items.size())
                .orElse(1);
    }
}
