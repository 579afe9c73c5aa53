package ai.exaone.gateway.openai.chat;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.ChatEvent;
import ai.exaone.gateway.openai.JsonValue;

/** Finds out how much of an engine's answer is thoughts, where the engine does not count them apart. For one thread. */
public final class ThoughtCounter {
    private final String field;
    private Thoughts thoughts = Thoughts.NONE;

    /**
     * @param field the engine's field of thoughts, in messages and deltas
     */
    public ThoughtCounter(String field) {
        this.field = field;
    }

    /** Takes the next part of a stream: about a token each, whatever it is of. */
    public void add(ChatEvent part) {
        thoughts = thoughts.plus(part.says(field) ? new Thoughts(1, 0) : new Thoughts(0, 1));
    }

    /** Takes a whole answer. */
    public void whole(byte[] answer) {
        thoughts = JsonValue.ofObject(answer)
                .flatMap(json -> json.items("choices").stream()
                        .flatMap(choice -> choice.get("message").stream())
                        .map(message -> Thoughts.ofMessage(message, field))
                        .reduce(Thoughts::plus))
                .orElse(Thoughts.NONE);
    }

    /** The engine's count with tokens of reasoning. */
    public TokenCounts in(TokenCounts counted) {
        return thoughts.in(counted);
    }
}
