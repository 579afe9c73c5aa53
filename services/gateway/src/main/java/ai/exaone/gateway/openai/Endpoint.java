package ai.exaone.gateway.openai;

import java.util.Optional;

/** The paths on which models are called. */
public enum Endpoint {
    CHAT_COMPLETIONS("/v1/chat/completions"),
    EMBEDDINGS("/v1/embeddings");

    private final String path;

    Endpoint(String path) {
        this.path = path;
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
