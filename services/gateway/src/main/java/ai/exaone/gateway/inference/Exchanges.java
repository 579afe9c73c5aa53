package ai.exaone.gateway.inference;

import ai.exaone.gateway.openai.AnswerMapping;
import ai.exaone.gateway.openai.Base64EmbeddingMapping;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.ModelNameMapping;
import ai.exaone.gateway.openai.ReasoningFieldMapping;
import ai.exaone.gateway.openai.Splice;
import ai.exaone.gateway.openai.tools.ToolEmulation;
import ai.exaone.gateway.routing.EngineProfile;
import ai.exaone.gateway.routing.ModelRoute;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Prepares what is sent, and what is done to the answer. */
public final class Exchanges {
    private final Supplier<String> callIds;

    /**
     * @param callIds makes ids of tool calls, {@code call_…}
     */
    public Exchanges(Supplier<String> callIds) {
        this.callIds = callIds;
    }

    /**
     * Prepares a call.
     *
     * @throws ai.exaone.errors.PlatformException PARAMETER_VALUE when what the request says of tools does not fit together
     */
    Exchange prepare(Call call, InferenceRequest request, Callee callee) {
        return switch (callee) {
            case Callee.Agent ignored ->
                new Exchange(
                        call,
                        request,
                        callee,
                        new Splice(request.body(), List.of()),
                        AnswerMapping.NONE,
                        Optional.empty());
            case Callee.Engine(ModelRoute route) -> engine(call, request, callee, route);
        };
    }

    private Exchange engine(Call call, InferenceRequest request, Callee callee, ModelRoute route) {
        AnswerMapping mapping = mapping(request, route);
        Optional<ToolEmulation> tools =
                route.profile().toolCalls() ? Optional.empty() : ToolEmulation.of(request, callIds);
        List<Splice.Edit> edits = tools.map(ToolEmulation::edits).orElse(List.of());
        AnswerMapping all =
                tools.map(emulated -> join(mapping, emulated.mapping())).orElse(mapping);
        return new Exchange(
                call, request, callee, EngineBody.of(request, route, edits), all, thoughts(request, route.profile()));
    }

    /** Where the model may be made to think, the caller may have done so in the engine's own words. */
    private static Optional<String> thoughts(InferenceRequest request, EngineProfile profile) {
        boolean thinks = switch (profile.thinking()) {
            case ON, ALWAYS -> true;
            case OFF -> ReasoningEffort.of(request).orElse(request.has("chat_template_kwargs"));
            case NEVER, UNKNOWN -> false;
        };
        return thinks ? Optional.of(profile.reasoningField()) : Optional.empty();
    }

    private static AnswerMapping mapping(InferenceRequest request, ModelRoute route) {
        AnswerMapping mapping = AnswerMapping.NONE;
        boolean renamed = route.replicas().stream()
                .anyMatch(replica -> !replica.engineModel().equals(request.model()));
        if (renamed) {
            mapping = new ModelNameMapping(request.model());
        }
        if (!route.profile().reasoningField().equals(EngineProfile.REASONING_FIELD)) {
            mapping = join(
                    mapping,
                    new ReasoningFieldMapping(route.profile().reasoningField(), EngineProfile.REASONING_FIELD));
        }
        if (EngineBody.needsBase64(request, route.profile())) {
            mapping = join(mapping, new Base64EmbeddingMapping());
        }
        return mapping;
    }

    private static AnswerMapping join(AnswerMapping first, AnswerMapping second) {
        if (first == AnswerMapping.NONE) {
            return second;
        }
        return second == AnswerMapping.NONE ? first : first.then(second);
    }
}
