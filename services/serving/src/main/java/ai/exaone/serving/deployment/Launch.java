package ai.exaone.serving.deployment;

import java.util.List;
import java.util.Optional;

/** How a deployment's engines come to be. */
public sealed interface Launch {
    /**
     * Processes on this machine.
     *
     * @param modelPath the weights' file; empty for the profile's built-in model
     * @param threads of one engine; 0 for the profile's choice
     * @param contextTokens of one request; 0 for the smaller of the model's and the profile's
     */
    record OnThisMachine(String modelPath, int threads, int contextTokens) implements Launch {}

    /**
     * Engines that already run elsewhere.
     *
     * @param urls root URLs without {@code /v1} and without a slash at the end; one replica each
     * @param engineModel the model's name at the engines; empty for the public one
     * @param concurrentRequests that one of them answers at once; 0 where unknown
     */
    record Elsewhere(List<String> urls, String engineModel, Optional<EngineKey> key, int concurrentRequests)
            implements Launch {
        public Elsewhere {
            urls = List.copyOf(urls);
            if (urls.isEmpty()) {
                throw new IllegalArgumentException("Engines that run elsewhere have at least one URL");
            }
        }
    }
}
