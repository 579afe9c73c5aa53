package ai.exaone.serving.model;

/** What a model can do. Names are stored. */
public enum ModelCapability {
    /** {@code /v1/chat/completions}. */
    CHAT,
    /** {@code /v1/embeddings}. */
    EMBEDDINGS,
    /** {@code /v1/rerank}. */
    RERANK
}
