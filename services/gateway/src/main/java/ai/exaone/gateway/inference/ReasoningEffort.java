package ai.exaone.gateway.inference;

import ai.exaone.gateway.openai.Faults;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.routing.Thinking;
import java.util.Optional;
import java.util.Set;

/** OpenAI's {@code reasoning_effort}, for models that only know whether to think. */
final class ReasoningEffort {
    static final String FIELD = "reasoning_effort";
    /** Efforts that come to no thinking. */
    private static final Set<String> OFF = Set.of("none", "minimal");

    private ReasoningEffort() {}

    /** Whether the caller asks the model to think; empty where nothing is said of it. */
    static Optional<Boolean> of(InferenceRequest request) {
        return request.text(FIELD).map(effort -> !OFF.contains(effort));
    }

    /**
     * Refuses what the model cannot do.
     *
     * @throws ai.exaone.errors.PlatformException PARAMETER_UNSUPPORTED
     */
    static void require(InferenceRequest request, Thinking thinking) {
        Optional<Boolean> asked = of(request);
        if (thinking == Thinking.NEVER && asked.orElse(false)) {
            throw unsupported("The model '" + request.model() + "' does not think.");
        }
        if (thinking == Thinking.ALWAYS && !asked.orElse(true)) {
            throw unsupported("The model '" + request.model() + "' always thinks.");
        }
    }

    private static RuntimeException unsupported(String sentence) {
        return Faults.unsupported(FIELD, sentence);
    }
}
