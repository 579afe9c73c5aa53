package ai.exaone.gateway.openai;

import java.util.Optional;

/** Reads why an engine refuses a request. */
public final class EngineFault {
    private static final int LONGEST_SENTENCE = 1_000;
    private static final String UNKNOWN = "The model's engine refuses this request.";

    private EngineFault() {}

    /** The engine's own sentence, from the error shapes that engines use; a general one where there is none. */
    public static String sentence(byte[] answer) {
        return JsonMembers.of(answer)
                .flatMap(members -> members.present(answer, "error")
                        .flatMap(error -> error(answer, error))
                        .or(() -> text(answer, members)))
                .map(sentence -> sentence.substring(0, Math.min(sentence.length(), LONGEST_SENTENCE)))
                .filter(sentence -> !sentence.isBlank())
                .orElse(UNKNOWN);
    }

    private static Optional<String> error(byte[] answer, Span error) {
        if (answer[error.start()] == '"') {
            return Optional.of(JsonText.of(answer, error));
        }
        return JsonMembers.of(answer, error).flatMap(members -> text(answer, members));
    }

    private static Optional<String> text(byte[] answer, JsonMembers members) {
        return members.present(answer, "message")
                .filter(message -> answer[message.start()] == '"')
                .map(message -> JsonText.of(answer, message));
    }
}
