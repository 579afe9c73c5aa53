package ai.exaone.gateway.inference;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.ChatEvent;
import ai.exaone.gateway.openai.chat.ThoughtCounter;
import java.util.Optional;

/** Counts what a streamed answer has used so far: by the engine's newest count, else by the parts it sent. For one thread. */
final class Tally {
    private final long likelyInput;
    private final Optional<ThoughtCounter> thoughts;
    private Optional<TokenCounts> counted = Optional.empty();
    private long parts;

    /**
     * @param likelyInput tokens of input as long as the engine has not said
     * @param thoughts where some of the output may be thoughts
     */
    Tally(long likelyInput, Optional<ThoughtCounter> thoughts) {
        this.likelyInput = likelyInput;
        this.thoughts = thoughts;
    }

    void add(ChatEvent event) {
        event.usage().ifPresent(usage -> counted = Optional.of(usage));
        if (event.kind() == ChatEvent.Kind.PART) {
            parts++;
            thoughts.ifPresent(counter -> counter.add(event));
        }
    }

    /** Adds parts that were passed on unread. */
    void addParts(long count) {
        parts += count;
    }

    /** Takes the engine's count. */
    void count(TokenCounts newest) {
        counted = Optional.of(newest);
    }

    /** Whether the engine has counted. */
    boolean counted() {
        return counted.isPresent();
    }

    /** Takes a whole answer, to tell thoughts from the rest of it. */
    void whole(byte[] answer) {
        thoughts.ifPresent(counter -> counter.whole(answer));
    }

    /** What is known now. An engine sends a part for about each token. */
    TokenCounts tokens() {
        return apart(counted.orElseGet(() -> TokenCounts.estimate(likelyInput, parts)));
    }

    /** A count with its thoughts told apart. */
    TokenCounts apart(TokenCounts all) {
        return thoughts.map(counter -> counter.in(all)).orElse(all);
    }
}
