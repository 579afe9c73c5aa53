package ai.exaone.agents.tool;

import dev.langchain4j.agent.tool.ToolSpecification;

/** Something that a model may call. */
public interface Tool {
    /** How the model sees it. */
    ToolSpecification specification();

    /** JSON Schema of its arguments, as JSON. */
    String parameters();

    /** Whether a call whose outcome is unknown may be made again with the same idempotency key. */
    boolean repeatable();

    /**
     * Calls it.
     *
     * @return its answer, text for the model; no secret that was sent is in it
     * @throws ai.exaone.errors.PlatformException why it failed, fit for the model
     */
    String call(ToolCallRequest request);
}
