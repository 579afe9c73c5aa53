package ai.exaone.gateway.openai;

import ai.exaone.gateway.metering.TokenCounts;
import java.util.Optional;

/** Reads the engine's count of tokens out of an answer. */
public final class Usage {
    private static final int MOST_DIGITS = 12;

    private Usage() {}

    /** The count in a whole answer. */
    public static Optional<TokenCounts> of(byte[] answer) {
        return JsonMembers.of(answer).flatMap(members -> of(answer, members));
    }

    /** The count in an object whose members are known. */
    static Optional<TokenCounts> of(byte[] json, JsonMembers members) {
        return members.present(json, "usage")
                .flatMap(usage -> JsonMembers.of(json, usage))
                .map(usage -> new TokenCounts(
                        input(json, usage),
                        detail(json, usage, "prompt_tokens_details", "cached_tokens"),
                        number(json, usage, "completion_tokens"),
                        detail(json, usage, "completion_tokens_details", "reasoning_tokens"),
                        false));
    }

    /** Where nothing is generated some engines only say the total. */
    private static long input(byte[] json, JsonMembers usage) {
        boolean split = usage.present(json, "prompt_tokens").isPresent();
        return number(json, usage, split ? "prompt_tokens" : "total_tokens");
    }

    private static long detail(byte[] json, JsonMembers usage, String object, String name) {
        return usage.present(json, object)
                .flatMap(details -> JsonMembers.of(json, details))
                .map(details -> number(json, details, name))
                .orElse(0L);
    }

    private static long number(byte[] json, JsonMembers members, String name) {
        return members.present(json, name)
                .map(span -> span.text(json))
                .filter(text -> text.matches("[0-9]{1," + MOST_DIGITS + "}"))
                .map(Long::valueOf)
                .orElse(0L);
    }
}
