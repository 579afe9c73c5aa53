package ai.exaone.serving.model;

import java.util.Map;

/** Which models are deployed, and which of them can answer. */
@FunctionalInterface
public interface Readiness {
    /** Whether a replica can answer now, for each model that is deployed, by name. */
    Map<String, Boolean> ofDeployed();
}
