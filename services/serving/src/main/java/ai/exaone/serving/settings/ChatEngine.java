package ai.exaone.serving.settings;

import java.nio.file.Path;
import java.util.Optional;

/** What serves chats by the settings. */
public sealed interface ChatEngine {
    /** The small model that comes with the platform. */
    record BuiltIn() implements ChatEngine {}

    /** Weights of the installation's own, an absolute path. */
    record OwnWeights(Path file) implements ChatEngine {}

    /** A server that runs already. */
    record Elsewhere(String url, Optional<String> key) implements ChatEngine {
        @Override
        public String toString() {
            return "Elsewhere[url=" + url + "]";
        }
    }

    /** Nothing: all deployments are an admin's. */
    record None() implements ChatEngine {}
}
