package ai.exaone.gateway.inference;

import ai.exaone.gateway.metering.TokenCounts;
import ai.exaone.gateway.openai.ChatEvent;
import java.util.Optional;

/** Counts what a streamed answer has used so far: by the engine's newest count, else by the parts it sent. For one thread. */
final class Tally {
    private final long likelyInput;
    private Optional<TokenCounts> counted = Optional.empty();
    private long parts;

    /**
     * @param likelyInput tokens of input as long as the engine has not said
     */
    Tally(long likelyInput) {
        this.likelyInput = likelyInput;
    }

    void add(ChatEvent event) {
        event.usage().ifPresent(usage -> counted = Optional.of(usage));
        if (event.kind() == ChatEvent.Kind.PART) {
            parts++;
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

    /** What is known now. An engine sends a part for about each token. */
    TokenCounts tokens() {
        return counted.orElseGet(() -> TokenCounts.estimate(likelyInput, parts));
    }
}
