package ai.exaone.gateway.openai;

import java.util.Optional;

/** The paths on which models are called. */
public enum Endpoint {
    CHAT_COMPLETIONS("/v1/chat/completions", true),
    COMPLETIONS("/v1/completions", true),
    EMBEDDINGS("/v1/embeddings", false),
    RERANK("/v1/rerank", false);

    private final String path;
    private final boolean generates;

    Endpoint(String path, boolean generates) {
        this.path = path;
        this.generates = generates;
    }

    /** Whether its answers are text that a model writes, token by token: it may be streamed, and has tokens of output. */
    public boolean generates() {
        return generates;
    }

    /** The path below the API's root. */
    public String path() {
        return path;
    }

    /** The endpoint of a path. */
    public static Optional<Endpoint> of(String path) {
        for (Endpoint endpoint : values()) {
            if (endpoint.path.equals(path)) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }
}
