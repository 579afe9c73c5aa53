package ai.exaone.gateway.routing;

import java.util.List;
import java.util.Optional;

/**
 * What must be injected, reserved or mapped for an engine.
 *
 * @param toolCalls whether it parses and enforces tool calls itself
 * @param thinking what {@code enable_thinking} is set to where the caller says nothing; empty when the engine has no such switch
 * @param reservedFields fields of a request that callers may not send
 * @param streamUsage whether it understands {@code stream_options.include_usage}
 * @param reasoningField the answer's field that holds reasoning
 * @param embeddingFormats whether it understands {@code encoding_format} of embeddings
 */
public record EngineProfile(
        boolean toolCalls,
        Optional<Boolean> thinking,
        List<String> reservedFields,
        boolean streamUsage,
        String reasoningField,
        boolean embeddingFormats) {
    /** The field that callers see. */
    public static final String REASONING_FIELD = "reasoning_content";

    public EngineProfile {
        reservedFields = List.copyOf(reservedFields);
    }
}
