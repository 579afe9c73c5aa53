package ai.exaone.gateway.openai.chat;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.JsonValue;

/**
 * The share of an answer that is thoughts, for engines that count all of the output in one. Whether it is measured in characters or in
 * parts of a stream does not matter, as long as both are.
 *
 * @param reasoning how much of it is thoughts
 * @param rest how much is not
 */
public record Thoughts(long reasoning, long rest) {
    /** Nothing so far. */
    public static final Thoughts NONE = new Thoughts(0, 0);

    /** The share in a whole message, in characters. */
    static Thoughts ofMessage(JsonValue message) {
        return ofMessage(message, ChatAnswer.REASONING);
    }

    /** The same, where thoughts are in a field of the engine's own. */
    static Thoughts ofMessage(JsonValue message, String field) {
        long said = message.text("content").orElse("").length();
        for (ToolCall call : ChatAnswer.calls(message)) {
            said += call.name().length() + call.arguments().length();
        }
        return new Thoughts(message.text(field).orElse("").length(), said);
    }

    /** These and more. */
    public Thoughts plus(Thoughts more) {
        return new Thoughts(reasoning + more.reasoning, rest + more.rest);
    }

    /** The same counts, with tokens of reasoning where the engine did not tell them apart. */
    public TokenCounts in(TokenCounts counted) {
        if (reasoning == 0 || counted.reasoning() > 0) {
            return counted;
        }
        long share = Math.round((double) counted.output() * reasoning / (reasoning + rest));
        return new TokenCounts(counted.input(), counted.cachedInput(), counted.output(), share, counted.estimated());
    }
}
