package ai.exaone.gateway.openai;

import ai.exaone.errors.PlatformException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the platform has to know of a request; the rest is the engine's.
 *
 * @param body the bytes as the caller wrote them; not to be changed
 * @param members where the top-level fields lie
 * @param model the model's name
 * @param stream whether the answer is to be streamed
 * @param usageWanted whether a stream ends with a usage chunk
 * @param outputTokens most tokens of output that the caller allows each choice; empty where none is named
 * @param choices answers asked for, {@code n}
 */
public record InferenceRequest(
        Endpoint endpoint,
        byte[] body,
        JsonMembers members,
        String model,
        boolean stream,
        boolean usageWanted,
        OptionalLong outputTokens,
        int choices) {

    /** Whether a field is there and not {@code null}. */
    public boolean has(String field) {
        return field(field).isPresent();
    }

    /** Where a field's value lies, if it is there and not {@code null}. */
    public Optional<Span> field(String name) {
        return members.present(body, name);
    }

    /** The text of a string field. */
    public Optional<String> text(String name) {
        return field(name).filter(span -> body[span.start()] == '"').map(span -> JsonText.of(body, span));
    }

    /**
     * Refuses fields that are the platform's to set.
     *
     * @throws PlatformException {@link OpenAiReason#PARAMETER_RESERVED}, naming the first
     */
    public void refuse(List<String> reservedFields) {
        for (String field : reservedFields) {
            if (members.value(field).isPresent()) {
                throw Faults.of(
                        OpenAiReason.PARAMETER_RESERVED,
                        field,
                        "'" + field + "' is set by the platform and cannot be sent.");
            }
        }
    }
}
