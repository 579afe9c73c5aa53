package ai.exaone.serving.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of engine is spoken to.
 *
 * @param name for example {@code llama-cpp}
 * @param displayName shown to people
 * @param toolCalls whether it parses and enforces tool calls itself
 * @param thinking whether it thinks where neither the caller nor the model says
 * @param streamUsage whether it understands {@code stream_options.include_usage}
 * @param reasoningField the answer's field that holds reasoning; empty for {@code reasoning_content}
 * @param embeddingFormats whether it takes {@code encoding_format} of embeddings
 * @param completions whether models that chat answer {@code /v1/completions} too
 * @param rerank whether models that rerank answer {@code /v1/rerank} with an object of results
 * @param tokenCounter how it counts the tokens of a chat without generating
 * @param reservedFields fields of a request that callers may not use
 * @param healthPath path that answers 200 while it can work
 * @param busySeries series of its metrics that are above 0 while it works; empty where it tells nothing
 * @param launch how it is launched; null where this platform does not
 */
public record EngineProfile(
        String name,
        String displayName,
        boolean toolCalls,
        ThinkingDefault thinking,
        boolean streamUsage,
        String reasoningField,
        boolean embeddingFormats,
        boolean completions,
        boolean rerank,
        TokenCounter tokenCounter,
        List<String> reservedFields,
        String healthPath,
        List<String> busySeries,
        @Nullable LaunchTemplate launch) {
    public EngineProfile {
        reservedFields = List.copyOf(reservedFields);
        busySeries = List.copyOf(busySeries);
        tokenCounter = tokenCounter == null ? TokenCounter.NONE : tokenCounter;
        reasoningField = reasoningField == null ? "" : reasoningField;
        if (!healthPath.startsWith("/")) {
            throw new IllegalArgumentException("The health path of " + name + " begins with a slash");
        }
    }

    /** How it is launched as a process; empty where this platform does not. */
    public Optional<LaunchTemplate> launchTemplate() {
        return Optional.ofNullable(launch);
    }
}
