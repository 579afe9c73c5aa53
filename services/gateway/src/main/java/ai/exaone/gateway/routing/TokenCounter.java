package ai.exaone.gateway.routing;

/** How an engine counts the tokens of a chat without generating. */
public enum TokenCounter {
    /** It does not, or not with the chat's template. */
    NONE,
    /** {@code /apply-template}, and {@code /tokenize} of what comes out. */
    LLAMA_CPP,
    /** {@code /tokenize} of the messages. */
    VLLM
}
