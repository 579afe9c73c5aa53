package ai.exaone.gateway.routing;

import java.util.List;

/**
 * What must be injected, reserved or mapped for an engine.
 *
 * @param toolCalls whether it parses and enforces tool calls itself
 * @param thinking whether the model thinks, and whether it can be told
 * @param reservedFields fields of a request that callers may not send
 * @param streamUsage whether it understands {@code stream_options.include_usage}
 * @param reasoningField the answer's field that holds reasoning
 * @param embeddingFormats whether it understands {@code encoding_format} of embeddings
 * @param tokenCounter how the tokens of a chat are counted without generating
 */
public record EngineProfile(
        boolean toolCalls,
        Thinking thinking,
        List<String> reservedFields,
        boolean streamUsage,
        String reasoningField,
        boolean embeddingFormats,
        TokenCounter tokenCounter) {
    /** The field that callers see. */
    public static final String REASONING_FIELD = "reasoning_content";

    public EngineProfile {
        reservedFields = List.copyOf(reservedFields);
    }
}
